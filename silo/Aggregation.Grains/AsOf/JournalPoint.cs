using Aggregation.Contracts.Ledgers;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.AsOf;

/// <summary>A point in the past that can be read again with the same answer.</summary>
/// <param name="At">Entries stamped later are left out; null: none is for its stamp.</param>
/// <param name="Through">The last position of the journal that is looked at.</param>
internal readonly record struct JournalPoint(DateTimeOffset? At, long Through)
{
    public AsOfPoint ToPoint() => new() { At = At, Position = Through };

    /// <summary>
    /// How much of a stream had happened: up to the last entry that the point includes. A clock that was set back may have
    /// stamped an earlier one later; that one had happened all the same, since the last one builds on it.
    /// </summary>
    public int LengthOf(IReadOnlyList<StoredEntry> stream)
    {
        var length = stream.Count;
        while (length > 0 && !Includes(stream[length - 1]))
        {
            length--;
        }

        return length;
    }

    private bool Includes(StoredEntry entry) => entry.Position <= Through && (At is null || entry.At <= At);
}
