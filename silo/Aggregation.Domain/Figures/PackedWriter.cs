using System.Buffers;
using System.Buffers.Binary;

namespace Aggregation.Domain.Figures;

/// <summary>Writes the packed format: bytes, least varints and zigzag varints.</summary>
internal sealed class PackedWriter(int capacity)
{
    private readonly ArrayBufferWriter<byte> _buffer = new(capacity);

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void UInt64LittleEndian(ulong value, int bytes)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        _buffer.Write(eight[..bytes]);
    }

    public void Varint(ulong value)
    {
        var span = _buffer.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            span[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[length++] = (byte)value;
        _buffer.Advance(length);
    }

    /// <summary>Small magnitudes of either sign take few bytes.</summary>
    public void Zigzag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public byte[] ToArray() => _buffer.WrittenSpan.ToArray();
}
