using System.Runtime.InteropServices;
using System.Collections.Immutable;
using Aggregation.Contracts.Tenants;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Exports between the wire and the contracts.</summary>
internal static class TransferMapping
{
    public static V1.TransferHeader Header(string tenant, ExportView view)
    {
        var header = new V1.TransferHeader
        {
            Tenant = tenant,
            Name = view.Name,
            ExportedAt = Timestamp.FromDateTimeOffset(view.At),
            Through = view.Through,
            Entries = view.Entries,
        };
        foreach (var form in view.Forms)
        {
            header.Forms.Add(new V1.TransferForm { Form = form.Form, Hash = form.Hash, Definition = form.Definition });
        }

        return header;
    }

    public static ExportPoint Point(V1.ExportCursor cursor) => new()
    {
        Through = cursor.Through,
        Stream = cursor.Stream,
        Version = cursor.Version,
        Hash = Bytes(cursor.Hash),
    };

    /// <param name="header">The first chunk of the export, which names it by its checksum.</param>
    public static ImportCommand Command(V1.TransferChunk chunk, V1.TransferHeader header) => new()
    {
        Export = Name(chunk),
        At = header.ExportedAt?.ToDateTimeOffset() ?? throw Faults.Refuse(Faults.Missing("header.exported_at")),
        Name = header.Name,
        Forms = [.. header.Forms.Select(form => new TransferForm(form.Form, form.Hash, form.Definition))],
    };

    public static string Name(V1.TransferChunk header) => Convert.ToHexStringLower(header.Checksum.Span);

    public static V1.TransferEntry Entry(TransferEntry entry)
    {
        var reply = new V1.TransferEntry
        {
            Stream = entry.Stream,
            Version = entry.Version,
            Kind = entry.Kind,
            AtUnixMs = entry.At.ToUnixTimeMilliseconds(),
            Actor = entry.Actor,
            Unit = entry.Unit,
            RequestHash = Bytes(entry.RequestHash),
            Payload = Bytes(entry.Payload),
            PreviousHash = Bytes(entry.PreviousHash),
            Origin = entry.Origin,
            Hash = Bytes(entry.Hash),
        };
        if (entry.RequestId is { } request)
        {
            reply.RequestId = request;
        }

        return reply;
    }

    public static TransferEntry Entry(V1.TransferEntry entry) => new()
    {
        Stream = entry.Stream,
        Version = entry.Version,
        Kind = entry.Kind,
        At = DateTimeOffset.FromUnixTimeMilliseconds(entry.AtUnixMs),
        Actor = entry.Actor,
        Unit = entry.Unit,
        RequestId = entry.HasRequestId ? entry.RequestId : null,
        RequestHash = Bytes(entry.RequestHash),
        Payload = Bytes(entry.Payload),
        PreviousHash = Bytes(entry.PreviousHash),
        Hash = Bytes(entry.Hash),
        Origin = entry.Origin,
    };

    private static ImmutableArray<byte> Bytes(ByteString bytes) => ImmutableCollectionsMarshal.AsImmutableArray(bytes.ToByteArray());

    private static ByteString Bytes(ImmutableArray<byte> bytes) => UnsafeByteOperations.UnsafeWrap(bytes.AsMemory());
}
