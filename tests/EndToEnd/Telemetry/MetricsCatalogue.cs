using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.EndToEnd.Telemetry;

/// <summary>A row of the catalogue of metrics.</summary>
/// <param name="Section">Its heading.</param>
/// <param name="Instrument">As "meter/instrument"; the meter is known of the product's own.</param>
/// <param name="Name">In Prometheus.</param>
/// <param name="Kind">counter, gauge or histogram.</param>
/// <param name="IsFromTheStart">It is there before anything is measured.</param>
/// <param name="Unit">As OpenTelemetry writes it; empty for none.</param>
/// <param name="Labels">Names.</param>
internal sealed record CataloguedMetric(
    string Section, string Instrument, string Name, string Kind, bool IsFromTheStart, string Unit, IReadOnlySet<string> Labels)
{
    public bool IsOwn => !Section.StartsWith("Of the platform", StringComparison.Ordinal);
}

/// <summary>What <c>docs/operations/metrics.md</c> says that there is.</summary>
internal static partial class MetricsCatalogue
{
    public static IReadOnlyList<CataloguedMetric> Read()
    {
        var metrics = new List<CataloguedMetric>();
        var section = "";
        foreach (var line in File.ReadLines(Path.Combine(Checkout.Root, "docs", "operations", "metrics.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                section = line[3..];
            }

            var columns = line.Split('|').Select(column => column.Trim()).ToList();
            if (section.Length > 0 && columns is ["", var instrument, ['`', ..] name, var kind, var unit, var labels, _, ""])
            {
                metrics.Add(new CataloguedMetric(
                    section, $"{Meter().Match(section).Groups[1].Value}/{instrument.Trim('`')}", name.Trim('`'), kind.Replace("●", "", StringComparison.Ordinal).Trim(), kind.Contains('●', StringComparison.Ordinal), unit,
                    LabelName().Matches(WithoutValues().Replace(labels, "")).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal)));
            }
        }

        return metrics;
    }

    [GeneratedRegex("meter `([A-Za-z.]+)`")]
    private static partial Regex Meter();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex LabelName();

    /// <summary>What a label may be stands in brackets behind it.</summary>
    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex WithoutValues();
}
