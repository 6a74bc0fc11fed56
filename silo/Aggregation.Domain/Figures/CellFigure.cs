namespace Aggregation.Domain.Figures;

/// <summary>
/// One figure as it travels: the value is exactly <c>Units + Nanos / 10⁹</c>. As in <c>google.type.Money</c>, nanos are
/// from -999,999,999 to +999,999,999 and carry the same sign as units, unless one of them is zero.
/// </summary>
/// <param name="Code">The cell's code in its form.</param>
public readonly record struct CellFigure(string Code, long Units, int Nanos)
{
    /// <summary>The figure of a fixed-point value: <paramref name="value"/> / 10^<paramref name="scale"/>.</summary>
    /// <param name="scale">Decimals, 0 to 6.</param>
    public static CellFigure FromFixedPoint(string code, long value, int scale)
    {
        var (units, rest) = Math.DivRem(value, FixedPoint.Power(scale));
        return new CellFigure(code, units, (int)(rest * FixedPoint.Power(9 - scale)));
    }

    /// <summary>The value in plain decimal digits, without trailing zeros.</summary>
    public override string ToString() => $"{Code}={FixedPoint.FormatMoney(Units, Nanos)}";
}
