using System.Globalization;
using Spectre.Console;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>The result for people, with the goal.</summary>
internal static class TenantsTable
{
    private const double Goal = 0.85;

    public static void Write(TenantsResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("One tenant, 8 in flight, beside another that floods with 64");
        table.AddColumns("flood", "alone", "beside", "ratio", "p50 ms", "p99 ms", "flood served / refused");
        Add($"held to {result.LimitPerSecond}/s", result.Limited, isGoal: true);
        Add("without a limit", result.Unlimited, isGoal: false);
        AnsiConsole.Write(table);

        void Add(string flood, TenantsFigures figures, bool isGoal)
        {
            var ratio = Number(figures.Ratio, "F2");
            table.AddRow(
                flood, Number(figures.AlonePerSecond, "N0") + "/s", Number(figures.BesidePerSecond, "N0") + "/s",
                !isGoal ? ratio : figures.Ratio >= Goal ? $"[green]{ratio} (≥ {Goal})[/]" : $"[red]{ratio} (≥ {Goal})[/]",
                $"{Number(figures.AloneMedian, "F2")} → {Number(figures.BesideMedian, "F2")}",
                $"{Number(figures.AloneTail, "F2")} → {Number(figures.BesideTail, "F2")}",
                $"{Number(figures.FloodServed, "N0")} / {Number(figures.FloodRefused, "N0")}");
        }
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
