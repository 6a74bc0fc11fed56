namespace Aggregation.Domain.Figures;

/// <summary>Collects the cells of one <see cref="Figures"/>; use it once.</summary>
public sealed class FiguresBuilder
{
    private readonly long[] _values;
    private readonly ulong[] _given;

    /// <param name="cellCount">The number of cells of the form.</param>
    public FiguresBuilder(int cellCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(cellCount);
        _values = new long[cellCount];
        _given = new ulong[Figures.WordsFor(cellCount)];
    }

    /// <summary>Starts from what is given already.</summary>
    public FiguresBuilder(Figures figures)
    {
        ArgumentNullException.ThrowIfNull(figures);
        _values = figures.Values.ToArray();
        _given = figures.Given.ToArray();
    }

    /// <summary>The cell's fixed-point value; 0 where it has not been given.</summary>
    public long this[int index] => _values[index];

    /// <summary>Whether the cell has been given.</summary>
    public bool Has(int index) => (_given[index >> 6] >> index & 1) != 0;

    /// <summary>Gives a cell its fixed-point value, replacing an earlier one.</summary>
    public FiguresBuilder Set(int index, long value)
    {
        _values[index] = value;
        _given[index >> 6] |= 1UL << index;
        return this;
    }

    /// <summary>The figures as collected. Later calls of <see cref="Set"/> do not reach them.</summary>
    public Figures Build() => Figures.Adopt([.. _values], [.. _given]);
}
