using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aggregation.Storage.Journal;

/// <summary>The hash chain: each entry's hash covers every field of it and the hash of the entry before.</summary>
public static class EntryHash
{
    /// <summary>SHA-256 over the length-prefixed fields of an entry, its <see cref="NewEntry.Hash"/> left out.</summary>
    public static byte[] Of(NewEntry entry)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Text(hash, entry.Tenant);
        Text(hash, entry.Stream);
        Number(hash, entry.Version);
        Text(hash, entry.Kind);
        Number(hash, entry.At.ToUnixTimeMilliseconds());
        Text(hash, entry.Actor);
        Text(hash, entry.Unit);
        Text(hash, entry.RequestId ?? "");
        Bytes(hash, entry.RequestHash.Span);
        Bytes(hash, entry.Payload.Span);
        Bytes(hash, entry.PreviousHash.Span);
        return hash.GetHashAndReset();
    }

    private static void Text(IncrementalHash hash, string text)
    {
        Span<byte> buffer = stackalloc byte[256];
        if (Encoding.UTF8.TryGetBytes(text, buffer, out var length))
        {
            Bytes(hash, buffer[..length]);
        }
        else
        {
            Bytes(hash, Encoding.UTF8.GetBytes(text));
        }
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> buffer = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(buffer, number);
        hash.AppendData(buffer);
    }

    private static void Bytes(IncrementalHash hash, ReadOnlySpan<byte> bytes)
    {
        Number(hash, bytes.Length);
        hash.AppendData(bytes);
    }
}
