using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aggregation.Faults.Checking;

/// <summary>The product's hash of an entry, computed from what is documented about it.</summary>
internal static class Hashes
{
    /// <summary>
    /// An entry's: SHA-256 over its fields in their order, texts and bytes each after its length, numbers in eight bytes,
    /// lowest first. The origin stands last, and only where it is not 0.
    /// </summary>
    public static byte[] OfEntry(EntryRow entry)
    {
        using var bytes = new MemoryStream();
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.Tenant));
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.Stream));
        Write(bytes, entry.Version);
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.Kind));
        Write(bytes, entry.AtUnixMs);
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.Actor));
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.Unit));
        WriteLong(bytes, Encoding.UTF8.GetBytes(entry.RequestId ?? ""));
        WriteLong(bytes, entry.RequestHash);
        WriteLong(bytes, entry.Payload);
        WriteLong(bytes, entry.PreviousHash);
        if (entry.Origin != 0)
        {
            Write(bytes, entry.Origin);
        }

        return SHA256.HashData(bytes.ToArray());
    }

    private static void WriteLong(MemoryStream stream, byte[] bytes)
    {
        Write(stream, (long)bytes.Length);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
