namespace Aggregation.Domain.Figures;

/// <summary>
/// An exact decimal as it travels, in the manner of <c>google.type.Money</c>: the value is <c>Units + Nanos / 10⁹</c>. Nanos are
/// from -999,999,999 to +999,999,999 and carry the same sign as units, unless one of them is zero: 2.5 is (2, 500000000).
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.Amount")]
public readonly record struct Amount([property: Id(0)] long Units, [property: Id(1)] int Nanos)
{
    private const int NanoDigits = 9;

    /// <summary>The amount <paramref name="value"/> / 10^<paramref name="scale"/>.</summary>
    /// <param name="scale">Decimals, 0 to 6.</param>
    public static Amount FromFixedPoint(long value, int scale)
    {
        var (units, rest) = Math.DivRem(value, FixedPoint.Power(scale));
        return new Amount(units, (int)(rest * FixedPoint.Power(NanoDigits - scale)));
    }

    /// <summary>The amount of a computed value with at most nine decimals.</summary>
    public static Amount FromDecimal(decimal value)
    {
        var units = decimal.Truncate(value);
        return new Amount((long)units, (int)((value - units) * FixedPoint.Power(NanoDigits)));
    }

    /// <summary>The fixed-point integer of an amount that <see cref="FromFixedPoint"/> made.</summary>
    /// <exception cref="OverflowException">It exceeds 64 bits.</exception>
    public long ToFixedPoint(int scale) =>
        checked((Units * FixedPoint.Power(scale)) + (Nanos / FixedPoint.Power(NanoDigits - scale)));

    /// <summary>The value in plain decimal digits, without trailing zeros, also where the signs disagree.</summary>
    public override string ToString() => FixedPoint.FormatMoney(Units, Nanos);
}
