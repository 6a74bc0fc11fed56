using System.Globalization;

namespace Aggregation.Domain.Figures;

/// <summary>Fixed-point values: an integer that stands for itself divided by ten to the power of a scale.</summary>
public static class FixedPoint
{
    /// <summary>The most decimals that a cell may have.</summary>
    public const int MaxScale = 6;

    private static readonly long[] Powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Ten to the power of <paramref name="exponent"/>, 0 to 9.</summary>
    public static long Power(int exponent) => Powers[exponent];

    /// <summary>The value in plain digits with exactly <paramref name="scale"/> decimals.</summary>
    public static string Format(Int128 value, int scale)
    {
        if (scale == 0)
            return value.ToString(CultureInfo.InvariantCulture);
        var digits = Int128.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        var sign = Int128.IsNegative(value) ? "-" : "";
        return $"{sign}{digits.AsSpan(0, digits.Length - scale)}.{digits.AsSpan(digits.Length - scale)}";
    }

    /// <summary>Units and nanos in plain digits, without trailing zeros, also where their signs disagree.</summary>
    internal static string FormatMoney(long units, int nanos)
    {
        if (nanos == 0)
            return units.ToString(CultureInfo.InvariantCulture);
        var text = Format(((Int128)units * 1_000_000_000) + nanos, 9);
        return text.TrimEnd('0').TrimEnd('.');
    }
}
