using System.Globalization;
using System.Text;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>One page for Prometheus: families in the order of their names, each with the samples of all its meters.</summary>
internal sealed class Exposition(bool isOpenMetrics)
{
    private const string Target = "target";

    private readonly SortedDictionary<string, List<Metric>> _families = new(StringComparer.Ordinal);
    private readonly StringBuilder _page = new();

    /// <summary>The page as it is now.</summary>
    /// <exception cref="InvalidOperationException">Instruments could not be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(PullExporter exporter, ExpositionFormat format, CancellationToken cancellation)
    {
        byte[] page = [];
        await exporter.ReadAsync(
            (in metrics, resource) =>
            {
                var exposition = new Exposition(format.IsOpenMetrics);
                exposition.AddTarget(resource);
                foreach (var metric in metrics)
                {
                    exposition.Add(metric);
                }

                page = Encoding.UTF8.GetBytes(exposition.ToString());
            },
            cancellation);
        return page;
    }

    /// <summary>The attributes of the process, once.</summary>
    public void AddTarget(Resource resource)
    {
        var family = isOpenMetrics ? Target : Target + "_info";
        Head(family, isOpenMetrics ? "info" : "gauge", "", "What describes this process");
        var labels = new SampleLabels();
        foreach (var (key, value) in resource.Attributes)
        {
            labels.Add(key, value);
        }

        _page.Append(Target).Append("_info").Append(labels.ToString()).Append(" 1\n");
    }

    public void Add(Metric metric)
    {
        // Nothing of the product measures in exponential histograms, which these formats do not have.
        if (metric.MetricType == MetricType.ExponentialHistogram)
        {
            return;
        }

        var family = PrometheusName.Family(metric);
        if (!_families.TryGetValue(family, out var metrics))
        {
            _families.Add(family, metrics = []);
        }

        // A family has one type: of two meters that differ in it, the first one stands.
        if (metrics.Count == 0 || TypeOf(metrics[0]) == TypeOf(metric))
        {
            metrics.Add(metric);
        }
    }

    public override string ToString()
    {
        foreach (var (family, metrics) in _families)
        {
            var first = metrics[0];
            var samples = PrometheusName.IsCounter(first.MetricType) ? family + "_total" : family;
            Head(isOpenMetrics ? family : samples, TypeOf(first), PrometheusName.UnitOf(first), first.Description);
            foreach (var metric in metrics)
            {
                Write(metric, samples);
            }
        }

        return isOpenMetrics ? _page.Append("# EOF\n").ToString() : _page.ToString();
    }

    private static string TypeOf(Metric metric) => metric.MetricType switch
    {
        MetricType.Histogram => "histogram",
        _ when PrometheusName.IsCounter(metric.MetricType) => "counter",
        _ => "gauge",
    };

    private void Head(string family, string type, string unit, string help)
    {
        _page.Append("# TYPE ").Append(family).Append(' ').Append(type).Append('\n');
        if (isOpenMetrics && unit.Length > 0)
        {
            _page.Append("# UNIT ").Append(family).Append(' ').Append(unit).Append('\n');
        }

        if (help.Length > 0)
        {
            var text = help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            _page.Append("# HELP ").Append(family).Append(' ')
                .Append(isOpenMetrics ? text.Replace("\"", "\\\"", StringComparison.Ordinal) : text).Append('\n');
        }
    }

    private void Write(Metric metric, string name)
    {
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = new SampleLabels();
            foreach (var (key, value) in point.Tags)
            {
                labels.Add(key, value);
            }

            labels.Add("otel.scope.name", metric.MeterName);
            if (metric.MetricType == MetricType.Histogram)
            {
                WriteHistogram(name, labels, in point);
                continue;
            }

            _page.Append(name).Append(labels.ToString()).Append(' ').Append(ValueOf(metric.MetricType, in point));
            if (PrometheusName.IsCounter(metric.MetricType))
            {
                WriteExemplar(in point, metric.MetricType == MetricType.LongSum, double.NegativeInfinity, double.PositiveInfinity);
            }

            _page.Append('\n');
        }
    }

    private void WriteHistogram(string name, SampleLabels labels, in MetricPoint point)
    {
        var count = 0L;
        var lower = double.NegativeInfinity;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            count += bucket.BucketCount;
            _page.Append(name).Append("_bucket").Append(labels.With("le", Bound(bucket.ExplicitBound)))
                .Append(' ').Append(count.ToString(CultureInfo.InvariantCulture));
            WriteExemplar(in point, isLong: false, lower, bucket.ExplicitBound);
            _page.Append('\n');
            lower = bucket.ExplicitBound;
        }

        var written = labels.ToString();
        _page.Append(name).Append("_sum").Append(written).Append(' ').Append(Number(point.GetHistogramSum())).Append('\n');
        _page.Append(name).Append("_count").Append(written).Append(' ').Append(Number(point.GetHistogramCount())).Append('\n');
    }

    /// <summary>The latest exemplar with a value above <paramref name="lower"/> and up to <paramref name="upper"/>, if there is one.</summary>
    private void WriteExemplar(in MetricPoint point, bool isLong, double lower, double upper)
    {
        if (!isOpenMetrics || !point.TryGetExemplars(out var exemplars))
        {
            return;
        }

        foreach (ref readonly var exemplar in exemplars)
        {
            var value = isLong ? exemplar.LongValue : exemplar.DoubleValue;
            if (exemplar.TraceId != default && value > lower && value <= upper)
            {
                _page.Append(" # {trace_id=\"").Append(exemplar.TraceId.ToHexString()).Append("\",span_id=\"")
                    .Append(exemplar.SpanId.ToHexString()).Append("\"} ").Append(Number(value)).Append(' ')
                    .Append((exemplar.Timestamp.ToUnixTimeMilliseconds() / 1000d).ToString("F3", CultureInfo.InvariantCulture));
                return;
            }
        }
    }

    private static string ValueOf(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => Number(point.GetSumLong()),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => Number(point.GetSumDouble()),
        MetricType.LongGauge => Number(point.GetGaugeLastValueLong()),
        _ => Number(point.GetGaugeLastValueDouble()),
    };

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>OpenMetrics has every bound look like a float; the same in both formats, so that a rule fits both.</summary>
    private static string Bound(double bound)
    {
        var text = Number(bound);
        return double.IsFinite(bound) && double.IsInteger(bound) && !text.Contains('E', StringComparison.Ordinal) ? text + ".0" : text;
    }
}
