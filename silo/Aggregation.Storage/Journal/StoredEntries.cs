namespace Aggregation.Storage.Journal;

/// <summary>Entries before and after they are in a journal.</summary>
public static class StoredEntries
{
    /// <summary>The entry as it will be read back; times keep milliseconds only.</summary>
    /// <param name="entry">As it is appended.</param>
    /// <param name="position">Its place in the journal; 0 where it has none yet.</param>
    public static StoredEntry Stored(this NewEntry entry, long position) => new()
    {
        Position = position,
        Tenant = entry.Tenant,
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.At.ToUnixTimeMilliseconds()),
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.RequestId,
        RequestHash = entry.RequestHash,
        Payload = entry.Payload,
        PreviousHash = entry.PreviousHash,
        Origin = entry.Origin,
        Hash = entry.Hash,
    };

    /// <summary>The entry as it was appended, but for what the ledger counted by it.</summary>
    internal static NewEntry Appended(this StoredEntry entry) => new()
    {
        Tenant = entry.Tenant,
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = entry.At,
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.RequestId,
        RequestHash = entry.RequestHash,
        Payload = entry.Payload,
        PreviousHash = entry.PreviousHash,
        Origin = entry.Origin,
        Hash = entry.Hash,
    };
}
