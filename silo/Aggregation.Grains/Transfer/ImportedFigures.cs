using Aggregation.Contracts;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Ledgers;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Transfer;

/// <summary>What a ledger counts, from its entries alone.</summary>
internal static class ImportedFigures
{
    /// <exception cref="RefusedException">The entry is of a kind that this program does not know.</exception>
    public static OwnFigures After(OwnFigures before, NewEntry entry)
    {
        try
        {
            return before.After(TransferEntries.ToStored(entry));
        }
        catch (InvalidDataException fault)
        {
            throw new RefusedException(RefusalKind.FailedPrecondition, $"{fault.Message} Run a newer one.");
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
