using System.Buffers.Binary;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>
/// A grain's key as stored: two numbers and a text. A key that reads as a GUID or a hexadecimal number is stored as one,
/// with what follows a '+' as the text; any other key is the text, with both numbers 0.
/// </summary>
internal readonly record struct AdoGrainKey(long N0Key, long N1Key, string? StringKey, AdoGrainKeyKind Kind)
{
    public static AdoGrainKey Of(GrainId grainId)
    {
        if (grainId.TryGetGuidKey(out var guid, out var extension))
        {
            Span<byte> bytes = stackalloc byte[16];
            guid.TryWriteBytes(bytes);
            return new(
                BinaryPrimitives.ReadInt64LittleEndian(bytes),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                extension,
                AdoGrainKeyKind.Guid);
        }

        return grainId.TryGetIntegerKey(out var number, out extension)
            ? new(0, number, extension, AdoGrainKeyKind.Integer)
            : new(0, 0, grainId.Key.ToString(), AdoGrainKeyKind.Text);
    }

    /// <summary>The bytes that are hashed: number, then text, all in reverse.</summary>
    public byte[] GetHashBytes()
    {
        var text = Encoding.UTF8.GetBytes(StringKey ?? "");
        var numbers = Kind switch { AdoGrainKeyKind.Guid => 16, AdoGrainKeyKind.Integer => 8, _ => 0 };
        var bytes = new byte[numbers + text.Length];
        if (Kind == AdoGrainKeyKind.Guid) BinaryPrimitives.WriteInt64LittleEndian(bytes, N0Key);
        if (numbers > 0) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(numbers - 8), N1Key);
        text.CopyTo(bytes, numbers);
        Array.Reverse(bytes);
        return bytes;
    }
}
