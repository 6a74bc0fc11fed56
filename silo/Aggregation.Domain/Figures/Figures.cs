using System.Numerics;

namespace Aggregation.Domain.Figures;

/// <summary>
/// One unit's own figures: a fixed-point value or nothing for each cell, in the order of the form's layout. Immutable;
/// two are equal if they give the same cells the same values. Empty is not zero.
/// </summary>
public sealed class Figures : ICellValues, IEquatable<Figures>
{
    private const byte FormatByte = 0x01;
    private readonly long[] _values;
    private readonly ulong[] _given;

    private Figures(long[] values, ulong[] given)
    {
        _values = values;
        _given = given;
    }

    /// <inheritdoc/>
    public int Length => _values.Length;

    /// <summary>How many cells are given.</summary>
    public int GivenCount
    {
        get
        {
            var count = 0;
            foreach (var word in _given)
                count += BitOperations.PopCount(word);
            return count;
        }
    }

    internal ReadOnlySpan<long> Values => _values;

    /// <summary>One bit for each cell, set where it is given.</summary>
    internal ReadOnlySpan<ulong> Given => _given;

    /// <inheritdoc/>
    public long this[int index] => _values[index];

    /// <summary>Figures that give no cell.</summary>
    public static Figures Empty(int cellCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cellCount);
        return new Figures(new long[cellCount], new ulong[WordsFor(cellCount)]);
    }

    /// <summary>The figures with these fixed-point values; <c>null</c> is an empty cell.</summary>
    public static Figures Of(params ReadOnlySpan<long?> values)
    {
        var builder = new FiguresBuilder(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] is { } value)
                builder.Set(i, value);
        }

        return builder.Build();
    }

    /// <inheritdoc/>
    public bool Has(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)_values.Length);
        return (_given[index >> 6] >> index & 1) != 0;
    }

    /// <summary>
    /// The canonical bytes: format byte, number of cells, one bit per cell (given or not), then each given value as a
    /// zigzag varint. Equal figures have equal bytes, so these are what is hashed and stored.
    /// </summary>
    public byte[] Pack()
    {
        var writer = new PackedWriter(16 + (_values.Length * 3));
        writer.Byte(FormatByte);
        writer.Varint((ulong)_values.Length);
        for (var word = 0; word < _given.Length; word++)
            writer.UInt64LittleEndian(_given[word], BytesOfWord(_values.Length, word));
        for (var i = 0; i < _values.Length; i++)
        {
            if (Has(i))
                writer.Zigzag(_values[i]);
        }

        return writer.ToArray();
    }

    /// <summary>Reads what <see cref="Pack"/> wrote, and nothing else.</summary>
    /// <exception cref="FormatException">The bytes are cut off, too long, or not as <see cref="Pack"/> writes.</exception>
    public static Figures Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed, "figures");
        reader.Format(FormatByte);
        var length = reader.Count(reader.Remaining * 8);
        var given = new ulong[WordsFor(length)];
        for (var word = 0; word < given.Length; word++)
            given[word] = reader.UInt64LittleEndian(BytesOfWord(length, word));
        if ((length & 63) != 0 && given[^1] >> (length & 63) != 0)
            throw reader.Damaged($"a cell beyond the last of {length} is marked as given");
        var values = new long[length];
        for (var i = 0; i < length; i++)
        {
            if ((given[i >> 6] >> i & 1) != 0)
                values[i] = reader.Zigzag();
        }

        reader.End();
        return new Figures(values, given);
    }

    public bool Equals(Figures? other) => other is not null
        && _values.AsSpan().SequenceEqual(other._values)
        && _given.AsSpan().SequenceEqual(other._given);

    public override bool Equals(object? obj) => Equals(obj as Figures);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_values.Length);
        foreach (var value in _values)
            hash.Add(value);
        return hash.ToHashCode();
    }

    internal static int WordsFor(int cellCount) => (cellCount + 63) >> 6;

    /// <summary>Takes both arrays over; cells that are not given must be 0.</summary>
    internal static Figures Adopt(long[] values, ulong[] given) => new(values, given);

    private static int BytesOfWord(int length, int word) => Math.Min(8, (length - (word << 6) + 7) >> 3);
}
