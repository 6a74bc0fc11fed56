using System.Collections.Immutable;

namespace Aggregation.Contracts.Tasks;

/// <summary>What is there of a unit's report.</summary>
[GenerateSerializer, Alias("aggregation.FilingState")]
public enum FilingState
{
    /// <summary>Nothing was filed, or what was filed is withdrawn.</summary>
    None,

    /// <summary>Filed, and not accepted.</summary>
    Submitted,

    /// <summary>Filed and accepted.</summary>
    Accepted,

    /// <summary>Returned, and not filed again.</summary>
    Returned,
}

/// <summary>What a list of obligations may be restricted to.</summary>
[GenerateSerializer, Alias("aggregation.ObligationFilter")]
public enum ObligationFilter
{
    /// <summary>已报: something counts.</summary>
    Filed,

    /// <summary>Nothing counts, whether the last day is over or not.</summary>
    Unfiled,

    /// <summary>未报: nothing counts and the last day is over.</summary>
    Missing,

    /// <summary>迟报: first filed after the last day.</summary>
    Late,

    /// <summary>待催报: nothing counts and the last day is near.</summary>
    Due,

    /// <summary>已退回</summary>
    Returned,

    /// <summary>延期: the unit has a later last day than the others.</summary>
    Extended,
}

/// <summary>The units of a task's list at and under one unit.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ObligationScope")]
public sealed record ObligationScope
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string Period { get; init; }

    [Id(2)] public string Tree { get; init; } = Names.Territory;

    [Id(3)] public required string Under { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.ObligationsQuery")]
public sealed record ObligationsQuery
{
    public const int MostUnits = 10_000;

    [Id(0)] public required ObligationScope Scope { get; init; }

    /// <summary>Only units to which all of these apply; none: every unit.</summary>
    [Id(1)] public ImmutableArray<ObligationFilter> Only { get; init; } = [];

    /// <summary>Go on after this unit, in the tree's order; empty: from the first.</summary>
    [Id(2)] public string AfterUnit { get; init; } = "";

    /// <summary>1 to <see cref="MostUnits"/>.</summary>
    [Id(3)] public required int Limit { get; init; }
}

/// <param name="Units">In the tree's order.</param>
/// <param name="HasMore">There are more after the last.</param>
/// <param name="Counts">Of all units of the scope, whatever the restriction and the page.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ObligationsPage")]
public sealed record ObligationsPage(
    [property: Id(0)] ImmutableArray<ObligationView> Units,
    [property: Id(1)] bool HasMore,
    [property: Id(2)] ObligationCounts Counts);

/// <summary>How one unit stands.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ObligationView")]
public sealed record ObligationView
{
    [Id(0)] public required string Unit { get; init; }

    [Id(1)] public required string UnitName { get; init; }

    [Id(2)] public required FilingState State { get; init; }

    /// <summary>零报告</summary>
    [Id(3)] public required bool Nil { get; init; }

    /// <summary>Its last day, as extended: it ends at midnight, China Standard Time.</summary>
    [Id(4)] public required DateOnly Deadline { get; init; }

    /// <summary>Null where there is no extension.</summary>
    [Id(5)] public ExtensionView? Extension { get; init; }

    [Id(6)] public required bool IsLate { get; init; }

    [Id(7)] public required bool IsMissing { get; init; }

    [Id(8)] public required bool IsDue { get; init; }

    /// <summary>When it first filed what it has not withdrawn; null: nothing is there.</summary>
    [Id(9)] public DateTimeOffset? FiledAt { get; init; }

    /// <summary>The revision that counts; 0 for none.</summary>
    [Id(10)] public required long Revision { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.ExtensionView")]
public sealed record ExtensionView(
    [property: Id(0)] DateOnly Deadline,
    [property: Id(1)] string Reason,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Actor);

/// <summary>How many units stand how. Expected = filed + missing + open; due are some of the open ones, late some of all.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ObligationCounts")]
public sealed record ObligationCounts
{
    [Id(0)] public int Expected { get; init; }

    [Id(1)] public int Filed { get; init; }

    [Id(2)] public int Accepted { get; init; }

    [Id(3)] public int Returned { get; init; }

    [Id(4)] public int Nil { get; init; }

    [Id(5)] public int Late { get; init; }

    [Id(6)] public int Missing { get; init; }

    [Id(7)] public int Open { get; init; }

    [Id(8)] public int Due { get; init; }

    [Id(9)] public int Extended { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.ExtendCommand")]
public sealed record ExtendCommand
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string Period { get; init; }

    [Id(2)] public required string Unit { get; init; }

    /// <summary>YYYY-MM-DD, later than the unit's last day is now.</summary>
    [Id(3)] public required string Deadline { get; init; }

    /// <summary>1–2000 characters.</summary>
    [Id(4)] public required string Reason { get; init; }
}
