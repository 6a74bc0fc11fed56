namespace Aggregation.Domain.Figures;

/// <summary>
/// Reads the packed format and refuses whatever the writer would not have written, so that equal bytes and equal
/// contents are the same thing.
/// </summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes, string what)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _what = what;
    private int _position;

    public readonly int Remaining => _bytes.Length - _position;

    public byte Byte() => _position < _bytes.Length
        ? _bytes[_position++]
        : throw Damaged("they end too early");

    /// <summary>The leading format byte: which kind of vector, in which version.</summary>
    public void Format(byte expected)
    {
        var found = Byte();
        if (found != expected)
            throw Damaged($"the format byte is {found}, not {expected}");
    }

    public ulong UInt64LittleEndian(int count)
    {
        var value = 0UL;
        for (var i = 0; i < count; i++)
            value |= (ulong)Byte() << (8 * i);
        return value;
    }

    public ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1)
                throw Damaged("a number exceeds 64 bits");
            value |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80)
                continue;
            return next != 0 || shift == 0 ? value : throw Damaged("a number is longer than it needs to be");
        }

        throw Damaged("a number exceeds 64 bits");
    }

    public long Zigzag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A count that is at most <paramref name="most"/>: nothing is allocated for a damaged one.</summary>
    public int Count(int most)
    {
        var value = Varint();
        return value <= (ulong)most ? (int)value : throw Damaged($"a count is {value}, over {most}");
    }

    public readonly void End()
    {
        if (Remaining != 0)
            throw Damaged($"{Remaining} bytes follow the last value");
    }

    public readonly FormatException Damaged(string rule) =>
        new($"Packed {_what} of {_bytes.Length} bytes are damaged at byte {_position}: {rule}.");
}
