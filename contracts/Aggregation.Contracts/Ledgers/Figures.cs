namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// An exact decimal in the manner of google.type.Money: whole units and billionths of the same sign.
/// 2.5 is (2, 500000000).
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.Amount")]
public readonly record struct Amount([property: Id(0)] long Units, [property: Id(1)] int Nanos);

/// <summary>A figure that somebody gave for a cell.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.CellFigure")]
public readonly record struct CellFigure([property: Id(0)] string Cell, [property: Id(1)] Amount Amount);

/// <summary>A cell's total. A cell that no unit gave is left out: empty is not zero.</summary>
/// <param name="Cell">Cell code.</param>
/// <param name="Amount">The sum.</param>
/// <param name="Count">How many units gave this cell.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CellTotal")]
public readonly record struct CellTotal(
    [property: Id(0)] string Cell, [property: Id(1)] Amount Amount, [property: Id(2)] int Count);

/// <summary>An indicator computed at read time from summed parts, such as a rate; null where it is undefined.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.DerivedFigure")]
public readonly record struct DerivedFigure([property: Id(0)] string Code, [property: Id(1)] Amount? Value);

/// <summary>Which sum at a unit 口径.</summary>
[GenerateSerializer, Alias("aggregation.Scope")]
public enum Scope
{
    /// <summary>本单位: the unit's own figures.</summary>
    Own,

    /// <summary>本级: own, and everything under department and institution children.</summary>
    Level,

    /// <summary>全口径: own, and everything below.</summary>
    Region,
}

/// <summary>Which revisions count.</summary>
[GenerateSerializer, Alias("aggregation.Layer")]
public enum Layer
{
    /// <summary>已报: the latest revision that is not returned or withdrawn.</summary>
    Submitted,

    /// <summary>已审: the latest accepted revision.</summary>
    Accepted,
}

/// <summary>上报情况: how many units a total is expected to hold and does hold.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Coverage")]
public readonly record struct Coverage(
    [property: Id(0)] int Expected,
    [property: Id(1)] int Submitted,
    [property: Id(2)] int Accepted,
    [property: Id(3)] int Returned,
    [property: Id(4)] int Nil)
{
    public static Coverage operator +(Coverage left, Coverage right) => left.Add(right);

    public static Coverage operator -(Coverage left, Coverage right) => left.Subtract(right);

    public Coverage Add(Coverage other) => new(
        Expected + other.Expected, Submitted + other.Submitted, Accepted + other.Accepted,
        Returned + other.Returned, Nil + other.Nil);

    public Coverage Subtract(Coverage other) => new(
        Expected - other.Expected, Submitted - other.Submitted, Accepted - other.Accepted,
        Returned - other.Returned, Nil - other.Nil);
}
