using System.Globalization;
using System.Text.RegularExpressions;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>One sample of a page.</summary>
internal sealed record Sample(string Name, IReadOnlyDictionary<string, string> Labels, double Value, string? ExemplarTrace)
{
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}

/// <summary>A family of a page: what its lines say of it, and its samples.</summary>
internal sealed record MetricFamily(string Name, string Type, string Unit, string Help, List<Sample> Samples)
{
    /// <summary>The name by which rules and dashboards ask: of a counter with its suffix.</summary>
    public string Asked => Type == "counter" && !Name.EndsWith("_total", StringComparison.Ordinal) ? Name + "_total"
        : Type == "info" ? Name + "_info" : Name;

    /// <summary>Names of labels, without those that every sample has.</summary>
    public IReadOnlySet<string> Labels =>
        Samples.SelectMany(sample => sample.Labels.Keys).Where(label => label is not ("le" or "otel_scope_name")).ToHashSet(StringComparer.Ordinal);
}

/// <summary>A page of metrics, read strictly: whatever is not as the format has it is a fault.</summary>
internal sealed partial class MetricsPage
{
    private readonly bool _isOpenMetrics;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private MetricFamily? _family;

    private MetricsPage(string text, bool isOpenMetrics)
    {
        _isOpenMetrics = isOpenMetrics;
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n');
        if (isOpenMetrics)
        {
            Assert.Equal("# EOF", lines[^1]);
            lines = lines[..^1];
        }

        foreach (var line in lines)
        {
            if (line.StartsWith('#'))
            {
                ReadComment(line);
            }
            else
            {
                ReadSample(line);
            }
        }

        Assert.All(Families, family => Assert.NotEmpty(family.Samples));
        Assert.All(Families.Where(family => family.Type == "histogram"), AssertHistogram);
    }

    public List<MetricFamily> Families { get; } = [];

    public static MetricsPage ReadText(string text) => new(text, isOpenMetrics: false);

    public static MetricsPage ReadOpenMetrics(string text) => new(text, isOpenMetrics: true);

    public MetricFamily? Find(string asked) => Families.Find(family => family.Asked == asked);

    private void ReadComment(string line)
    {
        var match = Comment().Match(line);
        Assert.True(match.Success, line);
        var (word, name, rest) = (match.Groups["word"].Value, match.Groups["name"].Value, match.Groups["rest"].Value);
        if (_family?.Name != name)
        {
            // Type comes first; a family never comes twice.
            Assert.Equal("TYPE", word);
            Assert.DoesNotContain(Families, family => family.Name == name);
            Families.Add(_family = new MetricFamily(name, rest, "", "", []));
            Assert.Contains(rest, new[] { "counter", "gauge", "histogram", "info" });
            return;
        }

        Assert.Empty(_family.Samples);
        switch (word)
        {
            case "UNIT":
                Assert.True(_isOpenMetrics, line);
                Assert.EndsWith("_" + rest, name, StringComparison.Ordinal);
                Replace(_family with { Unit = rest });
                break;
            case "HELP":
                Replace(_family with { Help = rest });
                break;
            default:
                Assert.Fail(line);
                break;
        }
    }

    private void Replace(MetricFamily family) => Families[^1] = _family = family;

    private void ReadSample(string line)
    {
        var match = SampleLine().Match(line);
        Assert.True(match.Success, line);
        Assert.True(_seen.Add(match.Groups["name"].Value + match.Groups["labels"].Value), $"twice: {line}");
        var name = match.Groups["name"].Value;
        var isExemplary = match.Groups["exemplar"].Success;
        Assert.True(!isExemplary || (_isOpenMetrics && Regex.IsMatch(name, "_(bucket|total)$")), line);
        string[] suffixes = _family!.Type switch
        {
            "counter" => [_isOpenMetrics ? "_total" : ""],
            "histogram" => ["_bucket", "_sum", "_count"],
            "info" => ["_info"],
            _ => [""],
        };
        Assert.Contains(name, suffixes.Select(suffix => _family.Name + suffix));
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match label in Label().Matches(match.Groups["labels"].Value))
        {
            labels.Add(label.Groups["name"].Value, Regex.Unescape(label.Groups["value"].Value));
        }

        var value = Number(match.Groups["value"].Value);
        Assert.True(_family.Type is "gauge" or "info" || value >= 0, line);
        _family.Samples.Add(new Sample(name, labels, value, isExemplary ? match.Groups["trace"].Value : null));
    }

    private static void AssertHistogram(MetricFamily family)
    {
        foreach (var series in family.Samples.GroupBy(sample => string.Join(',', sample.Labels.Where(label => label.Key != "le").Order(Comparer<KeyValuePair<string, string>>.Create((one, other) => string.CompareOrdinal(one.Key, other.Key))))))
        {
            var buckets = series.Where(sample => sample.Name.EndsWith("_bucket", StringComparison.Ordinal)).ToList();
            var bounds = buckets.ConvertAll(bucket => Number(bucket["le"]));
            Assert.Equal(bounds.Order(), bounds);
            Assert.Equal(double.PositiveInfinity, bounds[^1]);
            Assert.Equal(buckets.Select(bucket => bucket.Value).Order(), buckets.Select(bucket => bucket.Value));
            Assert.Equal(Assert.Single(series, sample => sample.Name == family.Name + "_count").Value, buckets[^1].Value);
            Assert.Single(series, sample => sample.Name == family.Name + "_sum");
        }
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    [GeneratedRegex("^# (?<word>TYPE|UNIT|HELP) (?<name>[a-zA-Z_:][a-zA-Z0-9_:]*) (?<rest>.+)$")]
    private static partial Regex Comment();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(?<labels>\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\["\\n])*",?)+(?<!,)\})? (?<value>[+-]?Inf|NaN|-?[0-9.]+([eE][+-]?[0-9]+)?)(?<exemplar> # \{trace_id="(?<trace>[0-9a-f]{32})",span_id="[0-9a-f]{16}"\} [0-9.]+([eE][+-]?[0-9]+)? [0-9]+\.[0-9]{3})?$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("""(?<name>[a-zA-Z_][a-zA-Z0-9_]*)="(?<value>([^"\\]|\\["\\n])*)["]""")]
    private static partial Regex Label();
}
