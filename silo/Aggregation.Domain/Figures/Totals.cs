namespace Aggregation.Domain.Figures;

/// <summary>
/// An immutable total over any number of units: per cell the sum and how many units gave the cell. A cell that no unit
/// gave is empty. This is what a contribution carries and a query answers.
/// </summary>
public sealed class Totals : ICellValues, IEquatable<Totals>
{
    private const byte FormatByte = 0x41;
    private readonly long[] _sums;
    private readonly int[] _counts;

    private Totals(long[] sums, int[] counts)
    {
        _sums = sums;
        _counts = counts;
    }

    /// <inheritdoc/>
    public int Length => _sums.Length;

    internal ReadOnlySpan<long> SumSpan => _sums;

    internal ReadOnlySpan<int> CountSpan => _counts;

    /// <inheritdoc/>
    public long this[int index] => _sums[index];

    /// <summary>The total over no unit.</summary>
    public static Totals Empty(int cellCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cellCount);
        return new Totals(new long[cellCount], new int[cellCount]);
    }

    /// <summary>The total over one unit.</summary>
    public static Totals Of(Figures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var counts = new int[figures.Length];
        for (var i = 0; i < counts.Length; i++)
            counts[i] = figures.Has(i) ? 1 : 0;
        return new Totals(figures.Values.ToArray(), counts);
    }

    /// <summary>The total with these cells; all others are empty.</summary>
    /// <param name="cells">Place, sum and how many units gave it, at least 1; each place once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A place is not in the layout, or a count is below 1.</exception>
    public static Totals Of(int cellCount, IEnumerable<(int Index, long Sum, int Count)> cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var totals = Empty(cellCount);
        foreach (var (index, sum, count) in cells)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)cellCount, nameof(cells));
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1, nameof(cells));
            (totals._sums[index], totals._counts[index]) = (sum, count);
        }

        return totals;
    }

    /// <summary>What is left of this total without a part of it.</summary>
    public Totals Without(Totals part)
    {
        ArgumentNullException.ThrowIfNull(part);
        var rest = Empty(Length);
        for (var i = 0; i < Length; i++)
        {
            (rest._sums[i], rest._counts[i]) = (checked(_sums[i] - part._sums[i]), _counts[i] - part._counts[i]);
        }

        return rest;
    }

    /// <inheritdoc/>
    public bool Has(int index) => _counts[index] != 0;

    /// <summary>How many units gave the cell.</summary>
    public int CountOf(int index) => _counts[index];

    /// <summary>The canonical bytes: format byte, number of cells, then per cell its count and, where that is not 0,
    /// the sum as a zigzag varint.</summary>
    public byte[] Pack() => Pack(_sums, _counts);

    /// <summary>Reads what <see cref="Pack()"/> wrote, and nothing else.</summary>
    /// <exception cref="FormatException">The bytes are cut off, too long, or not as <see cref="Pack()"/> writes.</exception>
    public static Totals Unpack(ReadOnlySpan<byte> packed)
    {
        var reader = new PackedReader(packed, "totals");
        reader.Format(FormatByte);
        var length = reader.Count(reader.Remaining);
        var sums = new long[length];
        var counts = new int[length];
        for (var i = 0; i < length; i++)
        {
            counts[i] = reader.Count(int.MaxValue);
            if (counts[i] != 0)
                sums[i] = reader.Zigzag();
        }

        reader.End();
        return new Totals(sums, counts);
    }

    public bool Equals(Totals? other) => other is not null
        && _sums.AsSpan().SequenceEqual(other._sums)
        && _counts.AsSpan().SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as Totals);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.Add(_sums.Length);
        foreach (var sum in _sums)
            hash.Add(sum);
        return hash.ToHashCode();
    }

    internal static Totals Copy(ReadOnlySpan<long> sums, ReadOnlySpan<int> counts) =>
        new(sums.ToArray(), counts.ToArray());

    internal static byte[] Pack(ReadOnlySpan<long> sums, ReadOnlySpan<int> counts)
    {
        var writer = new PackedWriter(8 + (sums.Length * 5));
        writer.Byte(FormatByte);
        writer.Varint((ulong)sums.Length);
        for (var i = 0; i < sums.Length; i++)
        {
            writer.Varint((ulong)counts[i]);
            if (counts[i] != 0)
                writer.Zigzag(sums[i]);
        }

        return writer.ToArray();
    }
}
