using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Postgres;

/// <inheritdoc/>
internal sealed class PendingEpoch(LedgerName ledger) : PendingWork<long>
{
    /// <summary>Who will hold it.</summary>
    public LedgerName Ledger { get; } = ledger;
}
