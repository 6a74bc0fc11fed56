using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// 本年累计: the totals of a year's periods up to one of them as one, put together when it is asked for. The grain key is the
/// <see cref="LedgerKey"/> of the last period.
/// </summary>
[Alias("aggregation.IYearToDateGrain")]
public interface IYearToDateGrain : IGrainWithStringKey
{
    /// <summary>
    /// Asks the ledger of each period for its live total, or the journal for what it was, and combines them: flows sum,
    /// stocks are the last period's. The caller needs the right to read each of them.
    /// </summary>
    /// <param name="asOf">A point in the past; null: live.</param>
    [Alias("GetTotal"), AlwaysInterleave, ResponseTimeout("00:05:00")]
    Task<YearToDateView> GetTotal(Caller caller, TotalQuery query, AsOfPoint? asOf, CancellationToken cancellation);
}

/// <summary>Several periods' totals as one.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.YearToDateView")]
public sealed record YearToDateView
{
    /// <summary>The ledger of the last period.</summary>
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required TotalQuery Query { get; init; }

    /// <summary>The unit's name in the last period.</summary>
    [Id(2)] public required string UnitName { get; init; }

    /// <summary>Set digest of the submissions of all periods, 32 hexadecimal digits: the sum of the periods' digests.</summary>
    [Id(3)] public required string Digest { get; init; }

    /// <summary>A flow's count is the number of reports, over all periods, that gave the cell.</summary>
    [Id(4)] public required ImmutableArray<CellTotal> Cells { get; init; }

    /// <summary>Computed from <see cref="Cells"/>, never from the periods' own derived figures.</summary>
    [Id(5)] public required ImmutableArray<DerivedFigure> Derived { get; init; }

    /// <summary>From the first of the year, in order.</summary>
    [Id(6)] public required ImmutableArray<PeriodTotal> Periods { get; init; }

    /// <summary>The point in the past that it shows; null: live.</summary>
    [Id(7)] public AsOfPoint? AsOf { get; init; }
}

/// <summary>One period's part in a year to date.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.PeriodTotal")]
public sealed record PeriodTotal
{
    [Id(0)] public required string Period { get; init; }

    /// <summary>Zero throughout where the unit did not stand in the tree in that period; else at least one is expected.</summary>
    [Id(1)] public required Coverage Coverage { get; init; }

    [Id(2)] public required string Digest { get; init; }

    /// <summary>Of the period's total when it was asked.</summary>
    [Id(3)] public required LedgerVersion Version { get; init; }

    [Id(4)] public required long StructureVersion { get; init; }
}
