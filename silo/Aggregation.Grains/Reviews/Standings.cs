using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Reports;

namespace Aggregation.Grains.Reviews;

/// <summary>Where a report stands, as shown.</summary>
internal static class Standings
{
    /// <param name="version">Of the ledger's stream.</param>
    /// <param name="head">Hash of the stream's last entry; empty where there is none.</param>
    public static ReportStanding Of(
        LedgerKey ledger, string unitName, OwnFigures counting, long version, ReadOnlyMemory<byte> head) => new()
    {
        Ledger = ledger,
        UnitName = unitName,
        State = counting.Review.Returned > 0 ? ReportState.Returned
            : counting.IsAccepted ? ReportState.Accepted
            : counting.IsWaiting ? ReportState.Submitted
            : ReportState.None,
        Revision = counting.Filed,
        Hash = counting.Filed == 0 ? "" : Convert.ToHexStringLower(counting.FiledHash(head).Span),
        AcceptedRevision = counting.Accepted?.Revision ?? 0,
        Nil = counting.Submitted?.Nil ?? false,
        IsSigned = counting.Review.SignedRevision > 0,
        IsLocked = counting.Review.Locked,
        Version = version,
    };
}
