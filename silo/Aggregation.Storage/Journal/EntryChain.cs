namespace Aggregation.Storage.Journal;

/// <summary>Follows one stream from its first entry on and finds where its hash chain does not hold.</summary>
public sealed class EntryChain
{
    /// <summary>The version of the last entry followed; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>The hash that the last entry followed says it has.</summary>
    public ReadOnlyMemory<byte> Hash { get; private set; }

    /// <summary>Follows the next entry, and goes on from it whether it is in order or not.</summary>
    public ChainFault Next(StoredEntry entry)
    {
        var fault = entry.Version != Version + 1 ? ChainFault.Gap
            : !entry.PreviousHash.Span.SequenceEqual(Hash.Span) ? ChainFault.Unlinked
            : !entry.Hash.Span.SequenceEqual(EntryHash.Of(entry)) ? ChainFault.Changed
            : ChainFault.None;
        Version = entry.Version;
        Hash = entry.Hash;
        return fault;
    }
}

/// <summary>What is wrong with an entry in its stream.</summary>
public enum ChainFault
{
    None,

    /// <summary>The entries before it are missing.</summary>
    Gap,

    /// <summary>It was chained to another entry than the one before it.</summary>
    Unlinked,

    /// <summary>Its contents are not those that were hashed.</summary>
    Changed,
}

/// <summary>A stream is not as it was written; what it says is not believed.</summary>
public sealed class JournalDamagedException(string stream, long version, ChainFault fault)
    : Exception($"Entry {version} of stream '{stream}' is not as it was written ({fault}).");
