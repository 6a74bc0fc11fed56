using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Ledgers;

/// <summary>Totals of one unit and form over several periods. The grain key is the <see cref="LedgerKey"/> of the last of them.</summary>
[Alias("aggregation.ISeriesGrain")]
public interface ISeriesGrain : IGrainWithStringKey
{
    /// <summary>
    /// As it was: each period's live total, which the caller needs the right to read in that period. Restated: sums of the journal's figures
    /// on the tree of one day, in which the caller needs the right to read the unit.
    /// </summary>
    [Alias("GetSeries"), AlwaysInterleave]
    Task<SeriesView> GetSeries(Caller caller, SeriesQuery query);
}

/// <summary>On which trees the periods of a series are summed.</summary>
[GenerateSerializer, Alias("aggregation.StructureMode")]
public enum StructureMode
{
    /// <summary>当时口径: each period on the tree that it had.</summary>
    AsItWas,

    /// <summary>可比口径: every period on the tree of one day.</summary>
    Restated,
}

[GenerateSerializer, Immutable, Alias("aggregation.SeriesQuery")]
public sealed record SeriesQuery
{
    /// <summary>Most periods in one series.</summary>
    public const int MaxPeriods = 120;

    [Id(0)] public required TotalQuery Total { get; init; }

    /// <summary>1–<see cref="MaxPeriods"/>; the last is the grain key's.</summary>
    [Id(1)] public required ImmutableArray<string> Periods { get; init; }

    [Id(2)] public required StructureMode Mode { get; init; }

    /// <summary>The day whose tree a restated series is on; null: today.</summary>
    [Id(3)] public DateOnly? On { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.SeriesView")]
public sealed record SeriesView
{
    [Id(0)] public required StructureMode Mode { get; init; }

    /// <summary>Null unless restated.</summary>
    [Id(1)] public DateOnly? On { get; init; }

    [Id(2)] public required long StructureVersion { get; init; }

    [Id(3)] public required ImmutableArray<SeriesPoint> Points { get; init; }
}

/// <summary>One period of a series.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.SeriesPoint")]
public sealed record SeriesPoint
{
    [Id(0)] public required string Period { get; init; }

    /// <summary>False where the unit was not in the tree, as it was; the rest is empty then.</summary>
    [Id(1)] public required bool InForce { get; init; }

    [Id(2)] public string UnitName { get; init; } = "";

    /// <summary>Restated: of the units that count here, which are those that had not left the tree in the period.</summary>
    [Id(3)] public Coverage Coverage { get; init; }

    [Id(4)] public string Digest { get; init; } = "";

    [Id(5)] public ImmutableArray<CellTotal> Cells { get; init; } = [];

    [Id(6)] public ImmutableArray<DerivedFigure> Derived { get; init; } = [];
}
