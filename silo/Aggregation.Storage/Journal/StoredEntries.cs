namespace Aggregation.Storage.Journal;

internal static class StoredEntries
{
    /// <summary>The entry as it will be read back; times keep milliseconds only.</summary>
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
        Hash = entry.Hash,
    };
}
