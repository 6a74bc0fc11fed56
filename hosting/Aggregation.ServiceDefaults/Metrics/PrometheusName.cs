using System.Text;
using OpenTelemetry.Metrics;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>Names by OpenTelemetry's rules of compatibility with Prometheus.</summary>
internal static class PrometheusName
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.Ordinal)
    {
        ["d"] = "days", ["h"] = "hours", ["min"] = "minutes", ["s"] = "seconds", ["ms"] = "milliseconds", ["us"] = "microseconds",
        ["ns"] = "nanoseconds", ["By"] = "bytes", ["KiBy"] = "kibibytes", ["MiBy"] = "mebibytes", ["GiBy"] = "gibibytes",
        ["KBy"] = "kilobytes", ["MBy"] = "megabytes", ["GBy"] = "gigabytes", ["%"] = "percent", ["Cel"] = "celsius", ["Hz"] = "hertz",
    };

    private static readonly Dictionary<string, string> PerUnits = new(StringComparer.Ordinal)
    {
        ["s"] = "second", ["m"] = "minute", ["h"] = "hour", ["d"] = "day", ["w"] = "week", ["mo"] = "month", ["y"] = "year",
    };

    /// <summary>The name of a family: of a counter without <c>_total</c>.</summary>
    public static string Family(Metric metric)
    {
        var name = Sanitize(metric.Name);
        var isCounter = IsCounter(metric.MetricType);
        if (isCounter && name.EndsWith("_total", StringComparison.Ordinal))
        {
            name = name[..^"_total".Length];
        }

        var unit = UnitOf(metric);
        return unit.Length == 0 || name.EndsWith("_" + unit, StringComparison.Ordinal) ? name : $"{name}_{unit}";
    }

    /// <summary>The unit as a name ends in it; empty for none.</summary>
    public static string UnitOf(Metric metric)
    {
        var unit = WithoutAnnotations(metric.Unit ?? "");
        var per = unit.IndexOf('/', StringComparison.Ordinal);
        return unit switch
        {
            "" => "",
            "1" => IsGauge(metric.MetricType) ? "ratio" : "",
            _ when per > 0 => $"{Of(Units, unit[..per])}_per_{Of(PerUnits, unit[(per + 1)..])}",
            _ when per == 0 => $"per_{Of(PerUnits, unit[1..])}",
            _ => Of(Units, unit),
        };
    }

    public static bool IsCounter(MetricType type) => type is MetricType.LongSum or MetricType.DoubleSum;

    public static bool IsGauge(MetricType type) => type is MetricType.LongGauge or MetricType.DoubleGauge
        or MetricType.LongSumNonMonotonic or MetricType.DoubleSumNonMonotonic;

    /// <summary>Letters, digits and single underscores, not beginning with a digit.</summary>
    public static string Sanitize(string name)
    {
        var clean = new StringBuilder(name.Length + 1);
        foreach (var letter in name)
        {
            var taken = char.IsAsciiLetterOrDigit(letter) ? letter : '_';
            if (char.IsAsciiDigit(taken) && clean.Length == 0)
            {
                clean.Append('_');
            }

            if (taken != '_' || clean.Length == 0 || clean[^1] != '_')
            {
                clean.Append(taken);
            }
        }

        return clean.ToString();
    }

    private static string Of(Dictionary<string, string> words, string unit) => words.GetValueOrDefault(unit) ?? Sanitize(unit);

    private static string WithoutAnnotations(string unit)
    {
        var open = unit.IndexOf('{', StringComparison.Ordinal);
        var close = unit.IndexOf('}', StringComparison.Ordinal);
        return open >= 0 && close > open ? unit.Remove(open, close - open + 1) : unit;
    }
}
