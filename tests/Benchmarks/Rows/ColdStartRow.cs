using System.Diagnostics;
using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Serving;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Rows;

/// <summary>
/// From the start of a process to the right total of a root, after every unit has filed one period and the process before
/// was killed: nothing but the journal is left, and nobody touches a department.
/// </summary>
internal static class ColdStartRow
{
    public static async Task<TimeSpan> RunAsync(TreeSize tree, Progress progress, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        var workload = new Workload(tree, period: 0, firstLeaf: 0, tree.Leaves);
        progress.Say($"cold start: filling one period of {tree.Leaves:N0} departments");
        var key = await FillAsync(folder, tree, workload, cancellation);
        var started = Stopwatch.GetTimestamp();
        await using var product = await StartAsync(folder, cancellation);
        using var connections = new Connections(product.Address);
        await SubmitLoad.RequireTotalAsync(
            new BenchTenant(tree, connections, key), workload.Period, tree.Leaves, workload.Sums, cancellation);
        var taken = Stopwatch.GetElapsedTime(started);
        progress.Say($"cold start with {tree.Leaves:N0} departments: {taken.TotalMilliseconds:N0} ms from the start of the process to the right total");
        return taken;
    }

    /// <returns>The tenant's key.</returns>
    private static async Task<string> FillAsync(TemporaryFolder folder, TreeSize tree, Workload workload, CancellationToken cancellation)
    {
        await using var product = await StartAsync(folder, cancellation);
        using var connections = new Connections(product.Address);
        var platformKey = (await File.ReadAllTextAsync(Path.Combine(folder.File("data"), "platform.key"), cancellation)).Trim();
        var tenant = await BenchTenant.CreateAsync("province", tree, connections, platformKey, cancellation);
        await SubmitLoad.SubmitAsync(tenant, workload, probes: null, cancellation);
        await product.KillAsync();
        return tenant.Key;
    }

    private static Task<ServerProcess> StartAsync(TemporaryFolder folder, CancellationToken cancellation) => ServerProcess.StartAsync(
        folder.Path, cancellation, ServerCommand.ProductServer,
        "--Data:Path", folder.File("data"),
        "--Endpoints:Grpc", "http://127.0.0.1:0",
        "--Endpoints:Http", "http://127.0.0.1:0");
}
