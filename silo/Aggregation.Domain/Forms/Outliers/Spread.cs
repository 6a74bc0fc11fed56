using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Outliers;

/// <summary>
/// Where a sample lies and how wide it is: its median, and the median of the distances from it (MAD). Exact: a median may
/// be half a number, a distance a quarter, so they are kept twice and four times as large.
/// </summary>
/// <remarks>
/// The robust z-score of x is (x - median) / (1.4826 MAD). 1.4826 is 1 / Φ⁻¹(3/4), which makes it the usual z-score where
/// the sample is normal; up to half of the sample may be wild without moving it much. Judging at 3.5 is the advice of
/// Iglewicz and Hoaglin, How to Detect and Handle Outliers, ASQC 1993.
/// </remarks>
public readonly record struct Spread
{
    /// <summary>1.4826.</summary>
    private const int NormalTenThousandths = 14_826;

    private readonly Int128 _twiceMedian;
    private readonly Int128 _fourTimesDeviation;

    private Spread(int count, Int128 twiceMedian, Int128 fourTimesDeviation)
    {
        Count = count;
        _twiceMedian = twiceMedian;
        _fourTimesDeviation = fourTimesDeviation;
    }

    /// <summary>How many numbers there are; of an empty sample nothing else is known.</summary>
    public int Count { get; }

    /// <summary>Whether more than half of the sample is one number, so that it says nothing about width.</summary>
    public bool IsTied => _fourTimesDeviation == 0;

    /// <param name="ascending">The sample, in order.</param>
    public static Spread Of(ReadOnlySpan<long> ascending)
    {
        var count = ascending.Length;
        if (count == 0)
            return default;
        var (lower, upper) = ((count - 1) / 2, count / 2);
        var twiceMedian = (Int128)ascending[lower] + ascending[upper];

        // Distances grow to both sides of the middle: the nearest come first by taking the nearer of the two neighbours.
        var (left, right) = (lower, lower + 1);
        Int128 deviations = 0;
        for (var nearest = 0; nearest <= upper; nearest++)
        {
            var takesLeft = right == count
                || (left >= 0 && twiceMedian - (2 * (Int128)ascending[left]) <= (2 * (Int128)ascending[right]) - twiceMedian);
            var distance = takesLeft ? twiceMedian - (2 * (Int128)ascending[left--]) : (2 * (Int128)ascending[right++]) - twiceMedian;
            if (nearest == lower)
                deviations += distance;
            if (nearest == upper)
                deviations += distance;
        }

        return new Spread(count, twiceMedian, deviations);
    }

    /// <summary>Whether a number's robust z-score is over a threshold, to either side; of a tied sample, whether it is another number.</summary>
    /// <param name="hundredths">The threshold times 100.</param>
    public bool IsFar(long value, int hundredths) =>
        Int128.Abs(Distance(value)) * 2 * 100 * 10_000 > (Int128)hundredths * NormalTenThousandths * _fourTimesDeviation;

    /// <summary>Whether a number is more than this away from the median.</summary>
    public bool IsBeyond(long value, long distance) => Int128.Abs(Distance(value)) > 2 * (Int128)distance;

    /// <summary>The robust z-score with two decimals, rounded away from 0, so that what is over a threshold also reads so.</summary>
    /// <exception cref="InvalidOperationException">The sample is tied.</exception>
    public string ZScore(long value)
    {
        if (IsTied)
            throw new InvalidOperationException("A tied sample has no robust z-score.");
        var scaled = Int128.Abs(Distance(value)) * 2 * 100 * 10_000;
        var unit = NormalTenThousandths * _fourTimesDeviation;
        var hundredths = (scaled + unit - 1) / unit;
        return FixedPoint.Format(Distance(value) < 0 ? -hundredths : hundredths, 2);
    }

    /// <summary>The median of fixed-point numbers, with one decimal more where it lies between two of them.</summary>
    public string Median(int scale) => Int128.IsEvenInteger(_twiceMedian)
        ? FixedPoint.Format(_twiceMedian / 2, scale)
        : FixedPoint.Format(_twiceMedian * 5, scale + 1);

    /// <summary>Twice the signed distance from the median.</summary>
    private Int128 Distance(long value) => (2 * (Int128)value) - _twiceMedian;
}
