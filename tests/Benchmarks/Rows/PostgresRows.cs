using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Serving;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Rows;

/// <summary>The product on PostgreSQL: each round fills a fresh period of the same 10,500 departments, as on SQLite.</summary>
internal sealed class PostgresRows(BenchScale scale, Progress progress)
{
    /// <param name="connectionString">Of an empty database.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<PostgresFigures> RunAsync(string connectionString, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        await using var product = await ServerProcess.StartAsync(
            folder.Path, cancellation, ServerCommand.ProductServer,
            "--Data:Path", folder.File("data"),
            "--Endpoints:Grpc", "http://127.0.0.1:0",
            "--Endpoints:Http", "http://127.0.0.1:0",
            "--Journal:Provider", "postgres",
            "--Journal:ConnectionString", connectionString);
        using var connections = new Connections(product.Address);
        var platformKey = (await File.ReadAllTextAsync(Path.Combine(folder.File("data"), "platform.key"), cancellation)).Trim();
        var tenant = await BenchTenant.CreateAsync("province", SubmitRows.Tree, connections, platformKey, cancellation);

        var freshness = new Samples();
        var rates = new List<double>();
        for (var period = 0; period < scale.WarmUpRounds; period++)
        {
            await RunRoundAsync(tenant, period, new Samples(), cancellation);
        }

        for (var round = 0; round < scale.Rounds; round++)
        {
            rates.Add(await RunRoundAsync(tenant, scale.WarmUpRounds + round, freshness, cancellation));
        }

        return new PostgresFigures(Samples.Median(rates), freshness);
    }

    private async Task<double> RunRoundAsync(BenchTenant tenant, int period, Samples freshness, CancellationToken cancellation)
    {
        var workload = new Workload(SubmitRows.Tree, period, firstLeaf: 0, SubmitRows.Tree.Leaves);
        var probes = new Probes(tenant, workload.Period, freshness, new Samples(), cancellation);
        var taken = await SubmitLoad.SubmitAsync(tenant, workload, probes, cancellation);
        await SubmitLoad.RequireTotalAsync(tenant, workload.Period, SubmitRows.Tree.Leaves, workload.Sums, cancellation);
        var rate = SubmitRows.Tree.Leaves / taken.TotalSeconds;
        progress.Say($"on PostgreSQL, {workload.Period}: submit {rate:N0}/s");
        return rate;
    }
}

/// <param name="Submit">Submissions a second, median of the rounds.</param>
/// <param name="Freshness">Over all rounds.</param>
internal sealed record PostgresFigures(double Submit, Samples Freshness);
