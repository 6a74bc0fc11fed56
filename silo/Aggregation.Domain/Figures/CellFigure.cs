namespace Aggregation.Domain.Figures;

/// <summary>A figure that somebody gave for a cell.</summary>
/// <param name="Cell">The cell's code in its form.</param>
/// <param name="Amount">As it was given; whether the cell takes it, <see cref="FigureReader"/> says.</param>
[GenerateSerializer, Immutable, Alias("aggregation.CellFigure")]
public readonly record struct CellFigure([property: Id(0)] string Cell, [property: Id(1)] Amount Amount)
{
    public CellFigure(string cell, long units, int nanos)
        : this(cell, new Amount(units, nanos))
    {
    }

    /// <summary>The figure of a fixed-point value: <paramref name="value"/> / 10^<paramref name="scale"/>.</summary>
    /// <param name="scale">Decimals, 0 to 6.</param>
    public static CellFigure FromFixedPoint(string cell, long value, int scale) => new(cell, Amount.FromFixedPoint(value, scale));

    /// <summary>The code and the value in plain decimal digits, without trailing zeros.</summary>
    public override string ToString() => $"{Cell}={Amount}";
}
