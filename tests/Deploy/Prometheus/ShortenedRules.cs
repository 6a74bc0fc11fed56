using System.Text.RegularExpressions;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Deploy.Tests.Prometheus;

/// <summary>
/// The rules of <c>deploy/prometheus/rules</c> with their durations shortened, so that what takes an hour takes half a minute: the ranges in
/// brackets, how long an alert is pending, and how often a group is looked at. Nothing else is changed: names, thresholds and
/// conditions are those that operators run. <c>promtool test rules</c> tests the real durations.
/// </summary>
internal static partial class ShortenedRules
{
    private static readonly Dictionary<string, string> Durations = new(StringComparer.Ordinal)
    {
        ["0m"] = "0s",
        ["30s"] = "1s",
        ["1m"] = "5s",
        ["2m"] = "5s",
        ["5m"] = "10s",
        ["15m"] = "15s",
        ["30m"] = "15s",
        ["1h"] = "20s",
        ["2h"] = "20s",
        ["6h"] = "30s",
        ["1d"] = "30s",
        ["3d"] = "40s",
    };

    /// <summary>How long an alert is pending at most.</summary>
    private const string Pending = "2s";

    /// <summary>Writes them, shortened, to a folder.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(string folder)
    {
        var files = new List<string>();
        foreach (var rules in Directory.GetFiles(Path.Combine(Checkout.Root, "deploy", "prometheus", "rules"), "*.yml"))
        {
            var file = Path.Combine(folder, Path.GetFileName(rules));
            var text = Range().Replace(File.ReadAllText(rules), match => $"[{Shorten(match.Groups[1].Value)}]");
            text = Interval().Replace(text, match => $"{match.Groups[1].Value}interval: {Shorten(match.Groups[2].Value)}");
            File.WriteAllText(file, For().Replace(text, $"$1for: {Pending}"));
            files.Add(file);
        }

        return files;
    }

    /// <exception cref="KeyNotFoundException">A rule has a duration that is not in the table.</exception>
    private static string Shorten(string duration) => Durations[duration];

    [GeneratedRegex(@"\[([0-9]+[smhd])\]")]
    private static partial Regex Range();

    [GeneratedRegex(@"(?m)^( +)interval: (\w+)$")]
    private static partial Regex Interval();

    [GeneratedRegex(@"(?m)^( +)for: \w+$")]
    private static partial Regex For();
}
