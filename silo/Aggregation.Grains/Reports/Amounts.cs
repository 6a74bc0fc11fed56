using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Reports;

/// <summary>Amounts as shown, from fixed-point integers and computed decimals.</summary>
internal static class Amounts
{
    private const int NanoDigits = 9;

    private static readonly long[] Powers =
        [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    public static Amount FromFixedPoint(long value, int scale)
    {
        var (units, rest) = Math.DivRem(value, Powers[scale]);
        return new Amount(units, (int)(rest * Powers[NanoDigits - scale]));
    }

    /// <summary>The fixed-point integer of an amount that <see cref="FromFixedPoint"/> made.</summary>
    public static long ToFixedPoint(Amount amount, int scale) =>
        checked((amount.Units * Powers[scale]) + (amount.Nanos / Powers[NanoDigits - scale]));

    public static Amount FromDecimal(decimal value)
    {
        var units = decimal.Truncate(value);
        return new Amount((long)units, (int)((value - units) * Powers[NanoDigits]));
    }
}
