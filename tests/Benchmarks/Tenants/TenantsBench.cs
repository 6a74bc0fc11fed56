using System.Diagnostics;
using Aggregation.Benchmarks.Load;
using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Serving;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Benchmarks.Tenants;

/// <summary>
/// What a tenant that floods the server does to another. The other submits with a few calls in flight, alone and beside the flood in turns;
/// the flood has 64 in flight and asks again at once whatever it is told.
/// </summary>
internal static class TenantsBench
{
    private const string Quiet = "quiet";
    private const string Flooding = "flooding";
    private const int QuietInFlight = 8;
    private const int PeriodsEach = 4;

    /// <summary>Submissions a second that the flooding tenant may make.</summary>
    private const int Limit = 200;

    private static readonly TreeSize Tree = new(5, 4, 50);

    public static async Task<TenantsResult> RunAsync(int rounds, Progress progress, CancellationToken cancellation)
    {
        var limited = await MeasureAsync(isLimited: true, rounds, progress, cancellation);
        var unlimited = await MeasureAsync(isLimited: false, rounds, progress, cancellation);
        return new TenantsResult(Limit, limited, unlimited);
    }

    private static async Task<TenantsFigures> MeasureAsync(bool isLimited, int rounds, Progress progress, CancellationToken cancellation)
    {
        using var folder = new TemporaryFolder();
        string[] limits = isLimited
            ? [$"--Limits:Tenants:{Flooding}:RequestsPerSecond", $"{Limit}"]
            : [];
        progress.Say(isLimited ? $"{Flooding} limited to {Limit} requests a second" : $"{Flooding} without a limit of its own");
        await using var server = await ServerProcess.StartAsync(
            folder.Path, cancellation,
            [
                ServerCommand.ProductServer,
                "--Data:Path", folder.File("data"), "--Endpoints:Grpc", "http://127.0.0.1:0", "--Endpoints:Http", "http://127.0.0.1:0",
                .. limits,
            ]);
        using var connections = new Connections(server.Address);
        using var floodConnections = new Connections(server.Address);
        var platform = (await File.ReadAllTextAsync(Path.Combine(folder.File("data"), "platform.key"), cancellation)).Trim();
        var quiet = await BenchTenant.CreateAsync(Quiet, Tree, connections, platform, cancellation);
        var flooding = await BenchTenant.CreateAsync(Flooding, Tree, floodConnections, platform, cancellation);
        var periods = new Queue<int>(Enumerable.Range(0, 25));
        await RoundAsync(quiet, periods.Dequeue(), 1, new Samples(), cancellation);

        var (alone, beside) = (new Samples(), new Samples());
        var (ratesAlone, ratesBeside) = (new List<double>(), new List<double>());
        long served = 0, refused = 0;
        for (var round = 0; round < rounds; round++)
        {
            ratesAlone.Add(await RoundsAsync(quiet, periods, alone, cancellation));
            await using var flood = new Flood(flooding, cancellation);
            ratesBeside.Add(await RoundsAsync(quiet, periods, beside, cancellation));
            await flood.StopAsync();
            served += flood.Served;
            refused += flood.Refused;
            progress.Say($"round {round + 1}: {ratesAlone[^1]:N0}/s alone, {ratesBeside[^1]:N0}/s beside the flood ({flood.Served:N0} served, {flood.Refused:N0} refused)");
        }

        return new TenantsFigures(
            Math.Round(Samples.Median(ratesAlone)), Math.Round(Samples.Median(ratesBeside)),
            Math.Round(alone.Percentile(50), 2), Math.Round(beside.Percentile(50), 2),
            Math.Round(alone.Percentile(99), 2), Math.Round(beside.Percentile(99), 2), served, refused);
    }

    private static async Task<double> RoundsAsync(BenchTenant tenant, Queue<int> periods, Samples latencies, CancellationToken cancellation)
    {
        var taken = TimeSpan.Zero;
        for (var i = 0; i < PeriodsEach; i++)
        {
            taken += await RoundAsync(tenant, periods.Dequeue(), QuietInFlight, latencies, cancellation);
        }

        return PeriodsEach * Tree.Leaves / taken.TotalSeconds;
    }

    private static async Task<TimeSpan> RoundAsync(
        BenchTenant tenant, int period, int inFlight, Samples latencies, CancellationToken cancellation)
    {
        var workload = new Workload(Tree, period, firstLeaf: 0, Tree.Leaves);
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(lane => Task.Run(async () =>
        {
            for (var index = Interlocked.Increment(ref next); index < workload.Requests.Length; index = Interlocked.Increment(ref next))
            {
                var sent = Stopwatch.GetTimestamp();
                await tenant.Submissions[lane % tenant.Submissions.Length].SubmitAsync(
                    workload.Requests[index], tenant.Credentials, cancellationToken: cancellation);
                latencies.Add(Stopwatch.GetElapsedTime(sent));
            }
        }, cancellation)));
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>Submits again and again, whatever the answer, until it is stopped.</summary>
    private sealed class Flood : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop;
        private readonly Task _lanes;
        private long _served;
        private long _refused;
        private bool _isStopped;

        public Flood(BenchTenant tenant, CancellationToken cancellation)
        {
            _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var requests = new Workload(Tree, period: 0, firstLeaf: 0, Tree.Leaves).Requests;
            var run = Guid.NewGuid().ToString("N");
            _lanes = Task.WhenAll(Enumerable.Range(0, ClosedLoop.InFlight).Select(lane => Task.Run(() => RunAsync(tenant, requests, run, lane))));
        }

        public long Served => Interlocked.Read(ref _served);

        public long Refused => Interlocked.Read(ref _refused);

        public async Task StopAsync()
        {
            if (!_isStopped)
            {
                _isStopped = true;
                await _stop.CancelAsync();
                await _lanes;
            }
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            _stop.Dispose();
        }

        private async Task RunAsync(BenchTenant tenant, SubmitRequest[] requests, string run, int lane)
        {
            for (var i = lane; !_stop.IsCancellationRequested; i += ClosedLoop.InFlight)
            {
                var request = requests[i % requests.Length].Clone();
                request.RequestId = $"{run}-{i}";
                try
                {
                    await tenant.Submissions[lane % tenant.Submissions.Length].SubmitAsync(
                        request, tenant.Credentials, cancellationToken: _stop.Token);
                    Interlocked.Increment(ref _served);
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
                {
                    Interlocked.Increment(ref _refused);
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.Cancelled)
                {
                    return;
                }
            }
        }
    }
}
