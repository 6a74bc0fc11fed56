using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Restarts;

/// <summary>A server that is stopped in order. Snapshots are in memory on this default, so each restart begins without any.</summary>
public sealed class RestartTests
{
    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 2, departmentsPerCity: 3);

    [Fact]
    public async Task Restart_WithoutSnapshots_AnswersTheSameTotals()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var data = new TemporaryFolder();
        var random = new Random(4);
        TestTenant tenant;
        IReadOnlyList<string> before;
        await using (var host = await StandaloneHost.StartAsync(data.Path))
        {
            using var api = new Api(host.Address);
            tenant = await TestTenant.CreateAsync(api, data.Path, "restarted", Tree);
            foreach (var unit in Tree.All)
            {
                await SubmitAsync(api, tenant, unit.Code, $"{unit.Code}-1", Figures.Random(random));
            }

            await SubmitAsync(api, tenant, "610101", "610101-2", new Dictionary<string, long>());
            before = await Totals.ReadAsync(api, tenant.ReadKey, Tree, Figures.Form, Figures.Period, patience.Token);
            Assert.Equal(0, await host.StopAsync());
        }

        await using var again = await StandaloneHost.StartAsync(data.Path);
        using var after = new Api(again.Address);
        Assert.Equal(before, await Totals.ReadAsync(after, tenant.ReadKey, Tree, Figures.Form, Figures.Period, patience.Token));

        var coverage = (await RootAsync(after, tenant)).Coverage;
        Assert.Equal(Tree.All.Count, coverage.Submitted);
        Assert.Equal(1, coverage.Nil);
    }

    [Fact]
    public async Task Watch_OverARestart_ResumesByVersion()
    {
        using var data = new TemporaryFolder();
        TestTenant tenant;
        Total seen;
        await using (var host = await StandaloneHost.StartAsync(data.Path))
        {
            using var api = new Api(host.Address);
            tenant = await TestTenant.CreateAsync(api, data.Path, "watched", Tree);
            await SubmitAsync(api, tenant, "610101", "a", Visits(10));
            using var watch = Watch(api, tenant, after: null);
            seen = await NextAsync(watch);
            Assert.Equal(10, Visits(seen));

            // A server that stops does not wait for its watchers; it tells them.
            Assert.Equal(0, await host.StopAsync());
            var ended = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(StatusCode.Unavailable, ended.StatusCode);
            Assert.Contains("stopping", ended.Status.Detail, StringComparison.Ordinal);
        }

        await using var again = await StandaloneHost.StartAsync(data.Path);
        using var resumed = new Api(again.Address);
        using (var watch = Watch(resumed, tenant, seen.Version))
        {
            // The new server's version is later than any of the old one's; what it says is the same.
            var first = await NextAsync(watch);
            Assert.True(Key(first) > Key(seen), $"{first.Version} is not later than {seen.Version}.");
            Assert.Equal(seen.Cells, first.Cells);
            Assert.Equal(seen.Digest, first.Digest);
            await SubmitAsync(resumed, tenant, "610102", "b", Visits(7));
            seen = await NextAsync(watch);
            Assert.Equal(17, Visits(seen));
        }

        // Nothing is newer than what was seen, so that the first to come is the next change.
        using (var watch = Watch(resumed, tenant, seen.Version))
        {
            await SubmitAsync(resumed, tenant, "610201", "c", Visits(5));
            Assert.Equal(22, Visits(await NextAsync(watch)));
        }
    }

    private static Int128 Key(Total total) => ((Int128)total.Version.Epoch << 64) + total.Version.Version_;

    private static AsyncServerStreamingCall<Total> Watch(Api api, TestTenant tenant, V1.Version? after) =>
        api.Rollups.Watch(new WatchRequest { Total = Root(), After = after }, Api.With(tenant.ReadKey));

    private static async Task<Total> NextAsync(AsyncServerStreamingCall<Total> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Patience.Step));
        return watch.ResponseStream.Current;
    }

    private static TotalSelector Root() => new()
    {
        Unit = UnitTree.Root,
        Form = Figures.Form,
        Period = Figures.Period,
        Scope = Scope.Region,
        Layer = Layer.Submitted,
    };

    private static async Task<Total> RootAsync(Api api, TestTenant tenant) =>
        await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = Root() }, Api.With(tenant.ReadKey));

    /// <summary>Submits, and waits until the root counts it.</summary>
    private static async Task SubmitAsync(Api api, TestTenant tenant, string unit, string requestId, IReadOnlyDictionary<string, long> cells)
    {
        var receipt = await api.Submissions.SubmitAsync(Figures.ToRequest(unit, requestId, cells), Api.With(tenant.SubmitKey));
        await api.Rollups.AwaitAsync(Figures.ToAwait(unit, receipt.Revision), Api.With(tenant.ReadKey));
    }

    private static Dictionary<string, long> Visits(long visits) => new() { ["3.2"] = visits };

    private static long Visits(Total total) => Assert.Single(total.Cells).Amount.Units;
}
