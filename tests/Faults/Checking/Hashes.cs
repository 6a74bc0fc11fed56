using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Aggregation.Faults.Checking;

/// <summary>The product's two hashes, computed from what is documented about them.</summary>
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

    /// <summary>
    /// A member's part of a set digest: the first 128 bits of SHA-256 over tenant, unit, form and period, the revision, the
    /// layer's number and the content's hash; lengths in four bytes.
    /// </summary>
    public static UInt128 OfMember(LedgerName ledger, string form, long revision, bool isAccepted, byte[] contentHash)
    {
        using var bytes = new MemoryStream();
        foreach (var name in new[] { ledger.Tenant, ledger.Unit, form, ledger.Period })
        {
            WriteShort(bytes, Encoding.UTF8.GetBytes(name));
        }

        Write(bytes, revision);
        Write(bytes, isAccepted ? 1 : 0);
        WriteShort(bytes, contentHash);
        return BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(bytes.ToArray()));
    }

    private static void WriteLong(MemoryStream stream, byte[] bytes)
    {
        Write(stream, (long)bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteShort(MemoryStream stream, byte[] bytes)
    {
        Write(stream, bytes.Length);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Write(MemoryStream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        stream.Write(bytes);
    }
}
