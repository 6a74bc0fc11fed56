using Aggregation.Contracts;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
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
            return before.After(entry.Stored(position: 0));
        }
        catch (InvalidDataException fault)
        {
            throw new RefusedException(RefusalKind.FailedPrecondition, $"{fault.Message} Run a newer one.");
        }
    }
}
