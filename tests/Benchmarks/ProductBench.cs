using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Rows;
using Aggregation.Benchmarks.Serving;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks;

/// <summary>All rows but those with PostgreSQL: starts the echo server and the product, each in a process of its own.</summary>
internal static class ProductBench
{
    public static async Task<BenchResult> RunAsync(BenchScale scale, Progress progress, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        progress.Say("starting the echo server and the product");
        await using var echoServer = await ServerProcess.StartAsync(Apart("echo"), cancellation, ServerCommand.EchoServer);
        await using var product = await ServerProcess.StartAsync(
            Apart("product"), cancellation, ServerCommand.ProductServer,
            "--Data:Path", folder.File("data"),
            "--Endpoints:Grpc", "http://127.0.0.1:0",
            "--Endpoints:Http", "http://127.0.0.1:0");
        using var echoConnections = new Connections(echoServer.Address);
        using var connections = new Connections(product.Address);
        var platformKey = (await File.ReadAllTextAsync(Path.Combine(folder.File("data"), "platform.key"), cancellation)).Trim();

        var province = await CreateAsync("province", SubmitRows.Tree);
        var submit = await new SubmitRows(scale, new EchoRow(echoConnections), echoServer, product, province, progress).RunAsync(cancellation);
        var small = await CreateAsync("small", ScaleRows.Small);
        var large = await CreateAsync("large", ScaleRows.Large);
        var scaled = await new ScaleRows(scale, small, large, progress).RunAsync(cancellation);
        return new BenchResult
        {
            Echo = Math.Round(submit.Echo),
            EchoSized = Math.Round(submit.EchoSized),
            Answer = Math.Round(submit.Answer),
            Submit = Math.Round(submit.Submit),
            SubmitCost = Math.Round(submit.Cost),
            AnswerCost = Math.Round(submit.AnswerCost),
            ClientCost = Math.Round(submit.ClientCost),
            FreshnessMedian = Math.Round(submit.Freshness.Percentile(50), 2),
            FreshnessTail = Math.Round(submit.Freshness.Percentile(99), 2),
            FreshnessSamples = submit.Freshness.Count,
            TotalMedian = Math.Round(submit.Totals.Percentile(50), 2),
            TotalTail = Math.Round(submit.Totals.Percentile(99), 2),
            BytesPerLedger = Math.Round(submit.BytesPerLedger),
            LedgersActive = submit.LedgersActive,
            SubmitSmall = Math.Round(scaled.Small),
            SubmitLarge = Math.Round(scaled.Large),
        };

        // Hosts watch the folder that they start in: one must not see what the other writes.
        string Apart(string name) => Directory.CreateDirectory(folder.File(name)).FullName;

        async Task<BenchTenant> CreateAsync(string name, TreeSize tree)
        {
            progress.Say($"importing a tree of {tree.Leaves:N0} departments");
            return await BenchTenant.CreateAsync(name, tree, connections, platformKey, cancellation);
        }
    }
}
