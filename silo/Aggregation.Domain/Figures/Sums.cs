namespace Aggregation.Domain.Figures;

/// <summary>
/// A rollup in the making: per cell the sum and how many units gave the cell. Adding and subtracting allocate nothing,
/// are exact, and either happen as a whole or, with an exception, not at all. Not safe for concurrent use.
/// </summary>
public sealed class Sums : ICellValues, IEquatable<Sums>
{
    private readonly long[] _sums;
    private readonly int[] _counts;

    /// <param name="cellCount">The number of cells of the form.</param>
    public Sums(int cellCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cellCount);
        _sums = new long[cellCount];
        _counts = new int[cellCount];
    }

    /// <summary>Starts from an earlier total.</summary>
    public Sums(Totals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        _sums = totals.SumSpan.ToArray();
        _counts = totals.CountSpan.ToArray();
    }

    /// <inheritdoc/>
    public int Length => _sums.Length;

    /// <inheritdoc/>
    public long this[int index] => _sums[index];

    /// <inheritdoc/>
    public bool Has(int index) => _counts[index] != 0;

    /// <summary>How many units gave the cell.</summary>
    public int CountOf(int index) => _counts[index];

    /// <exception cref="ArgumentException">The figures are of another layout.</exception>
    /// <exception cref="OverflowException">A cell would not fit; nothing has been added.</exception>
    public void Add(Figures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var values = figures.Values;
        Require(values.Length);
        for (var i = 0; i < values.Length; i++)
            _ = (checked(_sums[i] + values[i]), checked(_counts[i] + 1));
        for (var i = 0; i < values.Length; i++)
        {
            _sums[i] += values[i];
            _counts[i] += figures.Has(i) ? 1 : 0;
        }
    }

    /// <exception cref="ArgumentException">The figures are of another layout.</exception>
    /// <exception cref="InvalidOperationException">The figures cannot be part of this sum; nothing has changed.</exception>
    public void Subtract(Figures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var values = figures.Values;
        Require(values.Length);
        for (var i = 0; i < values.Length; i++)
            RequirePart(i, values[i], figures.Has(i) ? 1 : 0);
        for (var i = 0; i < values.Length; i++)
        {
            _sums[i] -= values[i];
            _counts[i] -= figures.Has(i) ? 1 : 0;
        }
    }

    /// <inheritdoc cref="Add(Figures)"/>
    public void Add(Totals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        Add(totals.SumSpan, totals.CountSpan);
    }

    /// <inheritdoc cref="Subtract(Figures)"/>
    public void Subtract(Totals totals)
    {
        ArgumentNullException.ThrowIfNull(totals);
        Subtract(totals.SumSpan, totals.CountSpan);
    }

    /// <inheritdoc cref="Add(Figures)"/>
    public void Add(Sums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Add(other._sums, other._counts);
    }

    /// <inheritdoc cref="Subtract(Figures)"/>
    public void Subtract(Sums other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Subtract(other._sums, other._counts);
    }

    /// <summary>Back to the sum over no unit.</summary>
    public void Clear()
    {
        _sums.AsSpan().Clear();
        _counts.AsSpan().Clear();
    }

    /// <summary>An immutable copy of the present state.</summary>
    public Totals Freeze() => Totals.Copy(_sums, _counts);

    /// <summary>The canonical bytes of the present state, the same as those of <see cref="Freeze"/>.</summary>
    public byte[] Pack() => Totals.Pack(_sums, _counts);

    /// <summary>Reads what <see cref="Pack"/> wrote, and nothing else.</summary>
    /// <exception cref="FormatException">The bytes are cut off, too long, or not as <see cref="Pack"/> writes.</exception>
    public static Sums Unpack(ReadOnlySpan<byte> packed) => new(Totals.Unpack(packed));

    public bool Equals(Sums? other) => other is not null
        && _sums.AsSpan().SequenceEqual(other._sums)
        && _counts.AsSpan().SequenceEqual(other._counts);

    public override bool Equals(object? obj) => Equals(obj as Sums);

    /// <summary>The layout's length only: the contents change.</summary>
    public override int GetHashCode() => _sums.Length;

    private void Add(ReadOnlySpan<long> sums, ReadOnlySpan<int> counts)
    {
        Require(sums.Length);
        for (var i = 0; i < sums.Length; i++)
            _ = (checked(_sums[i] + sums[i]), checked(_counts[i] + counts[i]));
        for (var i = 0; i < sums.Length; i++)
        {
            _sums[i] += sums[i];
            _counts[i] += counts[i];
        }
    }

    private void Subtract(ReadOnlySpan<long> sums, ReadOnlySpan<int> counts)
    {
        Require(sums.Length);
        for (var i = 0; i < sums.Length; i++)
            RequirePart(i, sums[i], counts[i]);
        for (var i = 0; i < sums.Length; i++)
        {
            _sums[i] -= sums[i];
            _counts[i] -= counts[i];
        }
    }

    private void Require(int length)
    {
        if (length != _sums.Length)
            throw new ArgumentException($"A vector of {length} cells cannot join a sum of {_sums.Length} cells.");
    }

    /// <summary>What remains must be a sum that some units could have given: no negative count, no value without one.</summary>
    private void RequirePart(int index, long value, int count)
    {
        var left = _counts[index] - count;
        if (left < 0 || (left == 0 && _sums[index] != value))
        {
            throw new InvalidOperationException(
                $"Cell number {index}: {value} of {count} units is no part of {_sums[index]} of {_counts[index]} units.");
        }

        _ = checked(_sums[index] - value);
    }
}
