using System.CommandLine;
using Aggregation.Benchmarks.Parts;
using Aggregation.Benchmarks.Postgres;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Rows;
using Aggregation.Benchmarks.Tenants;
using Grpc.Core;

namespace Aggregation.Benchmarks;

/// <summary>The command line.</summary>
internal static class BenchCommand
{
    private const int Interrupted = 130;

    private static readonly Option<bool> Json = new("--json") { Description = "One JSON object on standard output instead of a table." };

    private static readonly Option<bool> Tenants = new("--tenants")
    {
        Description = "Only this: what a tenant that floods the server does to another, with its limit and without.",
    };

    private static readonly Option<bool> Quick = new("--quick") { Description = "Less of everything: under 90 s, less exact." };

    public static Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand(
            "Measures, on this machine and in one run: gRPC echo, durable Submit, PostgreSQL triggers, freshness, totals, memory.")
        {
            Json,
            Quick,
            Tenants,
        };
        root.SetAction((parsed, cancellation) => parsed.GetValue(Tenants)
            ? InterruptibleAsync(() => MeasureTenantsAsync(parsed.GetValue(Json), parsed.GetValue(Quick), cancellation), cancellation)
            : MeasureAsync(parsed.GetValue(Quick) ? BenchScale.Quick : BenchScale.Full, parsed.GetValue(Json), cancellation));

        // Ctrl-C: time to stop the servers and remove their folders.
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
    }

    private static Task<int> MeasureAsync(BenchScale scale, bool json, CancellationToken cancellation) => InterruptibleAsync(
        async () =>
        {
            var progress = new Progress();
            var product = await ProductBench.RunAsync(scale, progress, cancellation);
            progress.Say("the journal and Orleans, each alone");
            product = product with
            {
                JournalCost = Math.Round(await JournalAlone.CostAsync(SubmitRows.Tree, scale.PartRounds, cancellation)),
                GrainsCost = Math.Round(await GrainsAlone.CostAsync(SubmitRows.Tree, scale.PartRounds, cancellation)),
                ColdStart = Milliseconds(await ColdStartRow.RunAsync(SubmitRows.Tree, progress, cancellation)),
                ColdStartLarge = scale.LargeColdStart
                    ? Milliseconds(await ColdStartRow.RunAsync(ScaleRows.Large, progress, cancellation))
                    : null,
            };
            var result = await WithPostgresAsync(product, scale, progress, cancellation);
            if (json)
            {
                Console.WriteLine(result.ToJson());
            }
            else
            {
                ResultTable.Write(result);
            }

        },
        cancellation);

    private static async Task MeasureTenantsAsync(bool json, bool isQuick, CancellationToken cancellation)
    {
        var result = await TenantsBench.RunAsync(isQuick ? 1 : 3, new Progress(), cancellation);
        if (json)
        {
            Console.WriteLine(result.ToJson());
        }
        else
        {
            TenantsTable.Write(result);
        }
    }

    private static async Task<int> InterruptibleAsync(Func<Task> measure, CancellationToken cancellation)
    {
        try
        {
            await measure();
            return 0;
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested
            && exception is OperationCanceledException or RpcException or InvalidOperationException or Npgsql.NpgsqlException)
        {
            await Console.Error.WriteLineAsync("interrupted");
            return Interrupted;
        }
    }

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds);

    private static async Task<BenchResult> WithPostgresAsync(
        BenchResult result, BenchScale scale, Progress progress, CancellationToken cancellation)
    {
        await using var postgres = await BenchDatabase.StartAsync(progress);
        if (postgres is null)
        {
            return result;
        }

        var product = await new PostgresRows(scale, progress).RunAsync(await postgres.CreateAsync(), cancellation);
        var trigger = await TriggerBench.RunAsync(postgres, scale, progress, cancellation);
        return result with
        {
            SubmitPostgres = Math.Round(product.Submit),
            FreshnessMedianPostgres = Math.Round(product.Freshness.Percentile(50), 2),
            FreshnessTailPostgres = Math.Round(product.Freshness.Percentile(99), 2),
            Trigger = trigger.Rate,
            TriggerClients = trigger.Clients,
            GroupBy = trigger.GroupBy,
        };
    }
}
