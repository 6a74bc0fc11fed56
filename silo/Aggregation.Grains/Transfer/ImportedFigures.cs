using System.Security.Cryptography;
using Aggregation.Contracts;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Ledgers;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Transfer;

/// <summary>What a ledger counts, from its entries alone.</summary>
internal static class ImportedFigures
{
    /// <exception cref="RefusedException">The entry is of a kind that this program does not know.</exception>
    public static OwnFigures After(OwnFigures before, NewEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKinds.Submitted:
                var submitted = SubmittedEntry.Parser.ParseFrom(entry.Payload.Span);
                var revision = new OwnRevision(
                    entry.Version, entry.At, entry.Actor, submitted.Nil, submitted.Figures.Memory, SHA256.HashData(entry.Payload.Span));
                return new OwnFigures(revision, submitted.Accepted ? revision : before.Accepted);
            case EntryKinds.Withdrawn:
                return OwnFigures.None;
            default:
                throw new RefusedException(
                    RefusalKind.FailedPrecondition,
                    $"Entry {entry.Version} of '{entry.Stream}' is of kind '{entry.Kind}', which this program does not know; run a newer one.");
        }
    }

    public static LatestRow ToRow(LedgerKey key, NewEntry entry, OwnFigures counting)
    {
        var period = Period.Parse(key.Period);
        var submitted = counting.Digest(key, period, RollupLayer.Submitted);
        var accepted = counting.Digest(key, period, RollupLayer.Accepted);
        return new LatestRow
        {
            Form = key.Form,
            Period = key.Period,
            Unit = key.Unit,
            Version = entry.Version,
            Hash = entry.Hash,
            State = counting.Pack(entry.Version, entry.Hash.Span),
            SubmittedDigest = new UInt128(submitted.High, submitted.Low),
            AcceptedDigest = new UInt128(accepted.High, accepted.Low),
        };
    }
}
