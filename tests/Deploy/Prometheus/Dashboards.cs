using System.Text.Json;
using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Deploy.Tests.Prometheus;

/// <summary>A panel's query, as Grafana would ask it.</summary>
internal sealed record PanelQuery(string Panel, string Expression);

/// <summary>The dashboards of <c>deploy/grafana</c>.</summary>
internal static partial class Dashboards
{
    /// <summary>Every query of every panel, its variables filled in.</summary>
    /// <param name="tenant">What is chosen in the dashboard of one tenant.</param>
    /// <param name="range">What stands for the range of a rate, and for each longer one.</param>
    public static IReadOnlyList<PanelQuery> Read(string tenant, string range)
    {
        var queries = new List<PanelQuery>();
        foreach (var file in Directory.GetFiles(Path.Combine(Checkout.Root, "deploy", "grafana", "dashboards"), "*.json"))
        {
            using var board = JsonDocument.Parse(File.ReadAllText(file));
            queries.AddRange(
                from panel in board.RootElement.GetProperty("panels").EnumerateArray()
                where panel.TryGetProperty("targets", out _)
                from target in panel.GetProperty("targets").EnumerateArray()
                let expression = target.GetProperty("expr").GetString()!
                    .Replace("$__rate_interval", range, StringComparison.Ordinal)
                    .Replace("$instance", ".*", StringComparison.Ordinal)
                    .Replace("$tenant", tenant, StringComparison.Ordinal)
                select new PanelQuery(
                    $"{Path.GetFileNameWithoutExtension(file)}: {panel.GetProperty("title").GetString()}",
                    LongRange().Replace(expression, $"[{range}]")));
        }

        return queries;
    }

    [GeneratedRegex(@"\[[0-9]+[hd]\]")]
    private static partial Regex LongRange();
}
