using System.Diagnostics;
using Aggregation.Benchmarks.Tenants;
using Aggregation.V1;

namespace Aggregation.Benchmarks.Load;

/// <summary>
/// Watches a load as its users would: for some fifty receipts a second, how long until the root's total includes them; and
/// fifty totals a second, of the root and of the cities in turn. On a connection of its own.
/// </summary>
/// <param name="freshness">Takes the times from a receipt to the answer that the root includes it.</param>
/// <param name="totals">Takes the times of one GetTotal.</param>
internal sealed class Probes(
    BenchTenant tenant, string period, Samples freshness, Samples totals, CancellationToken cancellation)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly List<Task> _awaits = [];
    private long _nextSample;

    /// <summary>Called with each receipt as it arrives; takes a sample when one is due.</summary>
    public void Received(Receipt receipt)
    {
        var now = Stopwatch.GetTimestamp();
        var due = Interlocked.Read(ref _nextSample);
        if (now < due || Interlocked.CompareExchange(ref _nextSample, now + (Interval.Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond), due) != due)
        {
            return;
        }

        lock (_awaits)
        {
            _awaits.Add(AwaitAsync(receipt, now));
        }
    }

    /// <summary>Asks for totals until told to stop.</summary>
    public async Task ReadTotalsAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval);
        var read = 0;
        while (!stop.IsCancellationRequested)
        {
            var unit = read % 2 == 0 ? TreeSize.Province : tenant.Tree.City(read / 2 % tenant.Tree.Cities);
            read++;
            var started = Stopwatch.GetTimestamp();
            await tenant.Rollups.GetTotalAsync(
                new GetTotalRequest { Total = BenchTenant.Region(unit, period) }, tenant.Credentials, cancellationToken: cancellation);
            totals.Add(Stopwatch.GetElapsedTime(started));
            await timer.WaitForNextTickAsync(cancellation);
        }
    }

    /// <summary>Completes when every sampled submission has reached the root.</summary>
    public Task SettleAsync()
    {
        lock (_awaits)
        {
            return Task.WhenAll(_awaits);
        }
    }

    private async Task AwaitAsync(Receipt receipt, long received)
    {
        var request = new AwaitRequest
        {
            Unit = receipt.Unit,
            Form = receipt.Form,
            Period = receipt.Period,
            Revision = receipt.Revision,
            AtUnit = TreeSize.Province,
        };
        await tenant.Rollups.AwaitAsync(request, tenant.Credentials, cancellationToken: cancellation);
        freshness.Add(Stopwatch.GetElapsedTime(received));
    }
}
