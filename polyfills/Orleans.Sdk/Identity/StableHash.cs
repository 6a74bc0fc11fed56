using System.Numerics;
using System.Runtime.InteropServices;

namespace Orleans;

/// <summary>A hash that is the same in every process and run.</summary>
public static class StableHash
{
    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static uint ComputeHash(ReadOnlySpan<byte> data)
    {
        // Multiply and rotate over words: spread matters here, not equality with other implementations.
        var hash = 0x9E3779B185EBCA87UL ^ (ulong)data.Length;
        var words = MemoryMarshal.Cast<byte, ulong>(data);
        foreach (var word in words) hash = BitOperations.RotateLeft((hash ^ word) * 0xC2B2AE3D27D4EB4FUL, 29);
        foreach (var rest in data[(words.Length * sizeof(ulong))..])
            hash = BitOperations.RotateLeft((hash ^ rest) * 0x165667B19E3779F9UL, 17);
        hash ^= hash >> 33;
        hash *= 0xFF51AFD7ED558CCDUL;
        return (uint)(hash ^ (hash >> 32));
    }
}
