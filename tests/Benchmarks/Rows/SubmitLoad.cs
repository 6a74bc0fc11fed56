using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Tenants;
using Aggregation.V1;

namespace Aggregation.Benchmarks.Rows;

/// <summary>Submits workloads and proves that the root's total is their sum.</summary>
internal static class SubmitLoad
{
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(60);

    /// <summary>Submits all of it, <see cref="ClosedLoop.InFlight"/> at once.</summary>
    /// <param name="probes">Watch the load; null for none.</param>
    /// <returns>From the first request to the last receipt.</returns>
    public static async Task<TimeSpan> SubmitAsync(
        BenchTenant tenant, Workload workload, Probes? probes, CancellationToken cancellation)
    {
        using var stop = new CancellationTokenSource();
        var totals = probes?.ReadTotalsAsync(stop.Token) ?? Task.CompletedTask;
        var clients = tenant.Submissions;
        var taken = await ClosedLoop.RunAsync(
            workload.Requests.Length,
            async (lane, index) =>
            {
                var receipt = await clients[lane % clients.Length].SubmitAsync(
                    workload.Requests[index], tenant.Credentials, cancellationToken: cancellation);
                probes?.Received(receipt);
            },
            cancellation);
        await stop.CancelAsync();
        await totals;
        await (probes?.SettleAsync() ?? Task.CompletedTask);
        return taken;
    }

    /// <summary>Waits until the root holds so many submissions of the period, and compares every cell.</summary>
    /// <param name="sums">What all of them sum to, in ten-thousandths, by cell code.</param>
    /// <exception cref="InvalidOperationException">The total differs, or is not complete in time.</exception>
    public static async Task RequireTotalAsync(
        BenchTenant tenant, string period, int submissions, IReadOnlyDictionary<string, long> sums, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(SettleTime);
        var total = await CompleteTotalAsync(tenant, period, submissions, timeout.Token);
        var found = total.Cells.ToDictionary(static cell => cell.Code, static cell => Form2014.FromAmount(cell.Amount), StringComparer.Ordinal);
        foreach (var (code, sum) in sums)
        {
            if (found.GetValueOrDefault(code) != sum)
            {
                throw new InvalidOperationException(
                    $"The total of cell {code} in {period} is {found.GetValueOrDefault(code)} ten-thousandths; the submissions sum to {sum}.");
            }
        }
    }

    private static async Task<Total> CompleteTotalAsync(
        BenchTenant tenant, string period, int submissions, CancellationToken cancellation)
    {
        using var watch = tenant.Rollups.Watch(
            new WatchRequest { Total = BenchTenant.Region(TreeSize.Province, period) }, tenant.Credentials, cancellationToken: cancellation);
        while (await watch.ResponseStream.MoveNext(cancellation))
        {
            if (watch.ResponseStream.Current.Coverage.Submitted >= submissions)
            {
                return watch.ResponseStream.Current;
            }
        }

        throw new InvalidOperationException($"The watch of period {period} ended before the root held {submissions} submissions.");
    }
}
