namespace Aggregation.Storage.Journal;

/// <summary>What every entry must be before a journal takes it.</summary>
internal static class EntryRules
{
    /// <exception cref="ArgumentException">Names the field, its value and the rule.</exception>
    public static void Require(NewEntry entry)
    {
        if (entry.Version < 1)
        {
            throw new ArgumentException($"Version is {entry.Version}; it must be at least 1.", nameof(entry));
        }

        if (entry.PreviousHash.Length != (entry.Version == 1 ? 0 : 32))
        {
            throw new ArgumentException(
                $"PreviousHash of version {entry.Version} has {entry.PreviousHash.Length} bytes; it must have 32, and none for version 1.",
                nameof(entry));
        }

        if (!entry.Hash.Span.SequenceEqual(EntryHash.Of(entry)))
        {
            throw new ArgumentException("Hash is not what EntryHash.Of gives for the entry.", nameof(entry));
        }

        if (entry.Latest is { } latest && (latest.Version != entry.Version || !latest.Hash.Span.SequenceEqual(entry.Hash.Span)))
        {
            throw new ArgumentException(
                $"Latest has version {latest.Version}; its version and hash must be those of the entry, version {entry.Version}.",
                nameof(entry));
        }
    }
}
