using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Postgres;
using Aggregation.V1;
using Google.Rpc;
using Grpc.Core;

namespace Aggregation.EndToEnd.Databases;

/// <summary>The server on PostgreSQL: journal and snapshots in one database, which fails and comes back.</summary>
public sealed class PostgresTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly UnitTree Tree = new(cities: 2, countiesPerCity: 2, departmentsPerCity: 2);

    [PostgresFact]
    public async Task Submit_DatabaseStoppedAndStarted_IsUnavailableWithRetryInfoThenCountsOnce()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(data.Path, Settings(await server.CreateDatabaseAsync()));
        using var api = new Api(host.Address);
        var tenant = await TestTenant.CreateAsync(api, data.Path, "stopped", Tree);
        await SubmitAsync(api, tenant, "610101", "a", 10, patience.Token);

        await server.StopAsync();
        foreach (var unit in new[] { "610101", "610102" })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => TrySubmitAsync(api, tenant, unit, "b", 7));
            Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
            Assert.DoesNotContain("127.0.0.1", refused.Status.Detail, StringComparison.Ordinal);
            var status = Google.Rpc.Status.Parser.ParseFrom(refused.Trailers.GetValueBytes("grpc-status-details-bin"));
            var retry = Assert.Single(status.Details, detail => detail.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>();
            Assert.True(retry.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        }

        await server.StartAsync();
        foreach (var unit in new[] { "610101", "610102" })
        {
            await SubmitAsync(api, tenant, unit, "b", 7, patience.Token);
            await SubmitAsync(api, tenant, unit, "b", 7, patience.Token);
        }

        var root = await RootAsync(api, tenant);
        Assert.Equal(14, Assert.Single(root.Cells).Amount.Units);
        Assert.Equal(2, root.Coverage.Submitted);
        Assert.Equal(0, await host.StopAsync());
    }

    [PostgresFact]
    public async Task Restart_StoppedOrKilled_AnswersTheSameTotalsWithAndWithoutSnapshots()
    {
        using var patience = new CancellationTokenSource(Patience.Test);
        using var data = new TemporaryFolder();
        var database = await server.CreateDatabaseAsync();
        var random = new Random(7);
        TestTenant tenant;
        IReadOnlyList<string> before;
        await using (var host = await StandaloneHost.StartAsync(data.Path, Settings(database)))
        {
            using var api = new Api(host.Address);
            tenant = await TestTenant.CreateAsync(api, data.Path, "restarted", Tree);
            foreach (var unit in Tree.All)
            {
                await SubmitAsync(api, tenant, unit.Code, $"{unit.Code}-1", random.Next(1, 1000), patience.Token);
            }

            before = await TotalsAsync(api);
            Assert.Equal(0, await host.StopAsync());
        }

        Assert.True((long)(await PostgresServer.ScalarAsync(database, "SELECT count(*) FROM OrleansStorage"))! > 0);
        await using (var host = await StandaloneHost.StartAsync(data.Path, Settings(database)))
        {
            using var api = new Api(host.Address);
            Assert.Equal(before, await TotalsAsync(api));
            await host.KillAsync();
        }

        await PostgresServer.ExecuteAsync(database, "TRUNCATE OrleansStorage");
        await using var again = await StandaloneHost.StartAsync(data.Path, Settings(database));
        using var after = new Api(again.Address);
        Assert.Equal(before, await TotalsAsync(after));

        Task<IReadOnlyList<string>> TotalsAsync(Api api) =>
            Totals.ReadAsync(api, tenant.ReadKey, Tree, Figures.Form, Figures.Period, patience.Token);
    }

    private static Dictionary<string, string> Settings(string database) => new()
    {
        ["Journal__Provider"] = "postgres",
        ["Journal__ConnectionString"] = database,
    };

    private static async Task<Receipt> TrySubmitAsync(Api api, TestTenant tenant, string unit, string requestId, long visits) =>
        await api.Submissions.SubmitAsync(
            Figures.ToRequest(unit, requestId, new Dictionary<string, long> { ["3.2"] = visits }), Api.With(tenant.SubmitKey));

    /// <summary>Submits as a client should: again and again while the server cannot answer; then waits until the root counts it.</summary>
    private static async Task SubmitAsync(
        Api api, TestTenant tenant, string unit, string requestId, long visits, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var receipt = await TrySubmitAsync(api, tenant, unit, requestId, visits);
                await api.Rollups.AwaitAsync(Figures.ToAwait(unit, receipt.Revision), Api.With(tenant.ReadKey, cancellation));
                return;
            }
            catch (RpcException fault) when (fault.StatusCode == StatusCode.Unavailable)
            {
                // The database is coming back.
            }
        }
    }

    private static async Task<Total> RootAsync(Api api, TestTenant tenant)
    {
        var root = new TotalSelector
        {
            Unit = UnitTree.Root,
            Form = Figures.Form,
            Period = Figures.Period,
            Scope = Scope.Region,
            Layer = Layer.Submitted,
        };
        return await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = root }, Api.With(tenant.ReadKey));
    }
}
