using Aggregation.Contracts.Ledgers;

namespace Aggregation.Contracts.Reviews;

/// <summary>Where a unit's report is on its way.</summary>
[GenerateSerializer, Alias("aggregation.ReportState")]
public enum ReportState
{
    /// <summary>Nothing was filed, or what was filed is withdrawn.</summary>
    None,

    /// <summary>待审: filed, and waiting for the level above.</summary>
    Submitted,

    /// <summary>已退回: to be mended and filed again.</summary>
    Returned,

    /// <summary>已审: accepted, and not replaced since.</summary>
    Accepted,
}

/// <summary>A unit's report for one form and period, without its figures: what a reviewer's list shows.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ReportStanding")]
public sealed record ReportStanding
{
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required string UnitName { get; init; }

    [Id(2)] public required ReportState State { get; init; }

    /// <summary>The revision filed last and not withdrawn; 0 for none.</summary>
    [Id(3)] public required long Revision { get; init; }

    /// <summary>The hash on its receipt, to which acts are bound; empty for none.</summary>
    [Id(4)] public required string Hash { get; init; }

    /// <summary>The revision that counts in the accepted layer, an earlier one while a correction waits; 0 for none.</summary>
    [Id(5)] public required long AcceptedRevision { get; init; }

    /// <summary>零报告: what counts says that there is nothing to report.</summary>
    [Id(6)] public required bool Nil { get; init; }

    /// <summary>已签署: the head of the unit stands for <see cref="Revision"/>.</summary>
    [Id(7)] public required bool IsSigned { get; init; }

    /// <summary>已锁定: nothing is filed until the level above reopens it.</summary>
    [Id(8)] public required bool IsLocked { get; init; }

    /// <summary>Version of the ledger's stream.</summary>
    [Id(9)] public required long Version { get; init; }

    /// <summary>The receipt of <see cref="Revision"/>, where it counts and holds the content that was asked about; else null.</summary>
    [Id(10)] public Receipt? Filed { get; init; }
}
