using System.Globalization;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Aggregation.Operations.Live;

/// <summary>What the instruments that the page shows had come to at one moment.</summary>
/// <param name="Timestamp">Of the clock that only goes forward.</param>
internal sealed record Reading(DateTimeOffset At, long Timestamp)
{
    /// <summary>Values of one tag beyond this many are one.</summary>
    private const int MostValues = 64;
    private const string Others = "other";

    private static readonly Dictionary<string, Amount> None = [];

    private readonly Dictionary<Series, Dictionary<string, Amount>> _amounts = [];

    /// <summary>By the values of the series' tag; one with an empty value where it has none.</summary>
    public IReadOnlyDictionary<string, Amount> this[Series series] => _amounts.GetValueOrDefault(series, None);

    public void Add(in Batch<Metric> metrics)
    {
        foreach (var metric in metrics)
        {
            foreach (var series in Series.All[metric.Name])
            {
                foreach (ref readonly var point in metric.GetMetricPoints())
                {
                    Add(series, ValueOf(series.Tag, in point), Of(metric.MetricType, in point));
                }
            }
        }
    }

    public void Add(Series series, string value, Amount amount)
    {
        if (!_amounts.TryGetValue(series, out var amounts))
        {
            _amounts.Add(series, amounts = new Dictionary<string, Amount>(StringComparer.Ordinal));
        }

        if (!amounts.TryGetValue(value, out var sum))
        {
            var key = amounts.Count < MostValues ? value : Others;
            if (!amounts.TryGetValue(key, out sum))
            {
                amounts.Add(key, sum = new Amount());
            }
        }

        sum.Add(amount);
    }

    private static string ValueOf(string? tag, in MetricPoint point)
    {
        if (tag is not null)
        {
            foreach (var (key, value) in point.Tags)
            {
                if (key == tag)
                {
                    return Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                }
            }
        }

        return "";
    }

    private static Amount Of(MetricType type, in MetricPoint point)
    {
        if (type != MetricType.Histogram)
        {
            return new Amount { Value = Number(type, in point) };
        }

        var bounds = new List<double>();
        var buckets = new List<long>();
        foreach (var bucket in point.GetHistogramBuckets())
        {
            bounds.Add(bucket.ExplicitBound);
            buckets.Add(bucket.BucketCount);
        }

        return new Amount { Value = point.GetHistogramSum(), Count = point.GetHistogramCount(), Bounds = [.. bounds], Buckets = [.. buckets] };
    }

    private static double Number(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => 0,
    };
}
