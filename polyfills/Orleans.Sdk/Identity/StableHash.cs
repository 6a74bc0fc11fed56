using System.Buffers.Binary;
using System.Numerics;

namespace Orleans;

/// <summary>
/// A hash that is the same in every process and run: xxHash, 32 bits, seed 0, its canonical (big-endian) bytes read as a
/// little-endian number. Stored rows are found by it, so the order of the bytes is upstream's.
/// </summary>
public static class StableHash
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data)
    {
        var length = (uint)data.Length;
        var hash = data.Length >= 16 ? Stripes(ref data) : Prime5;
        hash += length;
        for (; data.Length >= sizeof(uint); data = data[sizeof(uint)..])
            hash = BitOperations.RotateLeft(hash + (Word(data) * Prime3), 17) * Prime4;
        foreach (var rest in data) hash = BitOperations.RotateLeft(hash + (rest * Prime5), 11) * Prime1;
        hash = (hash ^ (hash >> 15)) * Prime2;
        hash = (hash ^ (hash >> 13)) * Prime3;
        return BinaryPrimitives.ReverseEndianness(hash ^ (hash >> 16));
    }

    /// <summary>Takes all whole stripes of 16 bytes off <paramref name="data"/>.</summary>
    private static uint Stripes(ref ReadOnlySpan<byte> data)
    {
        var (a, b, c, d) = (unchecked(Prime1 + Prime2), Prime2, 0u, unchecked(0u - Prime1));
        for (; data.Length >= 16; data = data[16..])
        {
            a = Round(a, Word(data));
            b = Round(b, Word(data[4..]));
            c = Round(c, Word(data[8..]));
            d = Round(d, Word(data[12..]));
        }

        return BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7)
            + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
    }

    private static uint Round(uint lane, uint word) => BitOperations.RotateLeft(lane + (word * Prime2), 13) * Prime1;

    private static uint Word(ReadOnlySpan<byte> data) => BinaryPrimitives.ReadUInt32LittleEndian(data);
}
