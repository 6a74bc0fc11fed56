using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Aggregation.Contracts.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Transfer;

/// <summary>Entries as the journal holds them and as they travel.</summary>
internal static class TransferEntries
{
    public static TransferEntry Of(StoredEntry entry) => new()
    {
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = entry.At,
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.RequestId,
        RequestHash = Bytes(entry.RequestHash),
        Payload = Bytes(entry.Payload),
        PreviousHash = Bytes(entry.PreviousHash),
        Origin = entry.Origin,
        Hash = Bytes(entry.Hash),
    };

    public static NewEntry ToNew(this TransferEntry entry, string tenant) => new()
    {
        Tenant = tenant,
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = entry.At,
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.RequestId,
        RequestHash = entry.RequestHash.AsMemory(),
        Payload = entry.Payload.AsMemory(),
        PreviousHash = entry.PreviousHash.AsMemory(),
        Origin = entry.Origin,
        Hash = entry.Hash.AsMemory(),
    };

    private static ImmutableArray<byte> Bytes(ReadOnlyMemory<byte> bytes) => ImmutableCollectionsMarshal.AsImmutableArray(bytes.ToArray());
}
