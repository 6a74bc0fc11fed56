using Aggregation.Domain.Figures;

namespace Aggregation.Contracts.Ledgers;

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
