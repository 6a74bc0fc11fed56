namespace Aggregation.Domain.Chains;

/// <summary>Follows one stream from its first entry on and finds where its hash chain does not hold.</summary>
public sealed class EntryChain
{
    /// <summary>The version of the last entry followed; 0 before the first.</summary>
    public long Version { get; private set; }

    /// <summary>The hash that the last entry followed says it has.</summary>
    public ReadOnlyMemory<byte> Hash { get; private set; }

    /// <summary>Follows the next entry, and goes on from it whether it is in order or not.</summary>
    public ChainFault Next(EntryBody entry)
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
