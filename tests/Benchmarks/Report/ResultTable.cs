using System.Globalization;
using Spectre.Console;

namespace Aggregation.Benchmarks.Report;

/// <summary>The result for people, with the goals.</summary>
internal static class ResultTable
{
    private const string Skipped = "skipped";

    public static void Write(BenchResult result)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("Aggregation, form 2014, 10,500 departments, 64 in flight");
        table.AddColumns(new TableColumn(""), new TableColumn("measured").RightAligned(), new TableColumn("goal").RightAligned());
        Row("gRPC echo, 16 bytes", Rate(result.Echo));
        Row("gRPC echo, a submission's size", Rate(result.EchoSized));
        Row("submissions answered and no more", $"{Rate(result.Answer)} ({Number(result.AnswerToEcho, "F2")} of echo)");
        Row("durable Submit", Rate(result.Submit));
        Row("  processor time of the server, each", Number(result.SubmitCost, "N0") + " µs");
        Row("    of which gRPC, journal, Orleans alone", $"{Number(result.AnswerCost, "N0")} + {Number(result.JournalCost, "N0")} + {Number(result.GrainsCost, "N0")} µs");
        Row("  if the product added nothing to those", $"{Rate(result.Bound)} ({Number(result.BoundToEcho, "F2")} of echo{(result.BoundToTrigger is { } bound ? ", " + Number(bound, "F1") + " × the trigger" : "")})");
        Goal("  of echo", Number(result.SubmitToEcho, "F2"), "≥ 0.30", result.SubmitToEcho >= 0.30);
        Row("durable Submit on PostgreSQL", result.SubmitPostgres is { } submit ? Rate(submit) : Skipped);
        Row("PostgreSQL trigger, best of 1, 16, 64 clients", result.Trigger is { } trigger ? $"{Rate(trigger)} ({result.TriggerClients})" : Skipped);
        Goal("  Submit / trigger", result.SubmitToTrigger is { } times ? Number(times, "F1") + " ×" : Skipped, "≥ 5 ×", result.SubmitToTrigger is not < 5);
        Row("PostgreSQL SUM … GROUP BY, one province", result.GroupBy is { } groupBy ? Milliseconds(groupBy) : Skipped);
        Row("freshness at the root p50", Milliseconds(result.FreshnessMedian));
        Goal("freshness at the root p99", Milliseconds(result.FreshnessTail), "≤ 100 ms", result.FreshnessTail <= 100);
        Row("on PostgreSQL p50", result.FreshnessMedianPostgres is { } median ? Milliseconds(median) : Skipped);
        Row("on PostgreSQL p99", result.FreshnessTailPostgres is { } tail ? Milliseconds(tail) : Skipped);
        Row("GetTotal p50", Milliseconds(result.TotalMedian));
        Row("GetTotal p99", Milliseconds(result.TotalTail));
        Row("memory per ledger", Number(result.BytesPerLedger, "N0") + " B");
        Row("Submit, 1,000 departments", Rate(result.SubmitSmall));
        Row("Submit, 100,000 departments", Rate(result.SubmitLarge));
        Goal("  cost on 100,000 / on 1,000", Number(result.CostLargeToSmall, "F2"), "≤ 1.15", result.CostLargeToSmall <= 1.15);
        if (result.ColdStart is { } coldStart)
        {
            Goal("cold start, 10,500 departments", Milliseconds(coldStart), "≤ 5,000 ms", coldStart <= 5_000);
        }

        if (result.ColdStartLarge is { } coldStartLarge)
        {
            Goal("cold start, 100,000 departments", Milliseconds(coldStartLarge), "≤ 30,000 ms", coldStartLarge <= 30_000);
        }

        AnsiConsole.Write(table);

        void Row(string name, string value) => table.AddRow(name, value, "");

        void Goal(string name, string value, string goal, bool met) =>
            table.AddRow(name, met ? $"[green]{value}[/]" : $"[red]{value}[/]", goal);
    }

    private static string Rate(double value) => Number(value, "N0") + "/s";

    private static string Milliseconds(double value) => Number(value, "F1") + " ms";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
