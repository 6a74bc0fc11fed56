using System.Text.RegularExpressions;
using Aggregation.JumpingClock;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Postgres;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Clusters;

/// <summary>A gateway and silos that come and go, each a process of its own.</summary>
public sealed class ClusterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int ClientCount = 8;

    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 2, departmentsPerCity: 3);

    [PostgresFact]
    public async Task Cluster_GatewayFirstAndSilosKilledOneAfterAnother_CountsEverythingOnce()
    {
        using var folder = new TemporaryFolder();
        await using var cluster = new Cluster(await server.CreateDatabaseAsync(), folder, new Dictionary<string, string>());
        await cluster.StartGatewayAsync();
        var one = cluster.StartSilo("one");
        var two = cluster.StartSilo("two");
        await cluster.ReadyAsync();
        var tenant = await cluster.CreateTenantAsync("clustered", Tree);
        await FileAsync(cluster.Api, tenant, 1, static () => Task.CompletedTask);
        await FileAsync(cluster.Api, tenant, 2, one.KillAsync);

        // It joins while the other is still missed, or takes over what that had.
        var three = cluster.StartSilo("three");
        await FileAsync(cluster.Api, tenant, 3, static () => Task.CompletedTask);
        await FileAsync(cluster.Api, tenant, 4, two.KillAsync);

        await RequireTotalAsync(cluster.Api, tenant, 4);
        await three.TerminateAsync();
        Assert.Equal(0, await three.ExitedAsync(Patience.Step));
        Assert.Contains("Drained", three.Output, StringComparison.Ordinal);
    }

    /// <summary>Silos notice a dead one by what has passed, not by what the clock says.</summary>
    [PostgresFact]
    public async Task Cluster_ClocksSetBackAndASiloKilled_GoesOnWithTheOther()
    {
        using var folder = new TemporaryFolder();
        using var clock = new ClockFile(Path.Combine(folder.Path, "clock"));
        await using var cluster = new Cluster(await server.CreateDatabaseAsync(), folder, clock.Settings);
        await cluster.StartGatewayAsync();
        var one = cluster.StartSilo("one");
        cluster.StartSilo("two");
        await cluster.ReadyAsync();
        var tenant = await cluster.CreateTenantAsync("clocks", Tree);
        await FileAsync(cluster.Api, tenant, 1, static () => Task.CompletedTask);

        clock.Offset = TimeSpan.FromHours(-30);
        await FileAsync(cluster.Api, tenant, 2, one.KillAsync);

        await RequireTotalAsync(cluster.Api, tenant, 2);
    }

    /// <summary>What a silo failed with, of a type that no gateway knows, is told nobody but its own log.</summary>
    [PostgresFact]
    public async Task Cluster_SiloFails_AnswerAndBothLogsHaveOneReference()
    {
        using var folder = new TemporaryFolder();
        var database = await server.CreateDatabaseAsync();
        await using var cluster = new Cluster(database, folder, new Dictionary<string, string>());
        await cluster.StartGatewayAsync();
        var silo = cluster.StartSilo("one");
        await cluster.ReadyAsync();
        var tenant = await cluster.CreateTenantAsync("failing", Tree);
        var request = new HistoryRequest { Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period };
        await Asking.UntilAsync(async () => await cluster.Api.Submissions.SubmitAsync(
            Figures.ToRequest(UnitTree.Root, "filed", new Dictionary<string, long> { ["3.2"] = 1 }), Api.With(tenant.SubmitKey)));
        await PostgresServer.ExecuteAsync(database, "UPDATE entry SET payload = '\\xff' WHERE request_id = 'filed'");

        var failed = await Assert.ThrowsAsync<RpcException>(async () => await cluster.Api.Submissions.HistoryAsync(request, Api.With(tenant.SubmitKey)));

        Assert.Equal(StatusCode.Internal, failed.StatusCode);
        var reference = Assert.Single(Regex.Matches(failed.Status.Detail, "^The server failed; its log says why, under reference ([0-9a-f]{12})\\.$")).Groups[1].Value;
        foreach (var process in new[] { cluster.Gateway, silo })
        {
            await Asking.UntilAsync(() => Task.FromResult(process.Output), output => output.Contains($"failed, reference {reference}.", StringComparison.Ordinal));
        }

        Assert.Contains("InvalidProtocolBufferException", silo.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidProtocolBufferException", cluster.Gateway.Output, StringComparison.Ordinal);
    }

    /// <summary>Every unit files its next revision, each sent until it is taken; something happens when half of them are.</summary>
    private static async Task FileAsync(Api api, TestTenant tenant, int visits, Func<Task> midway)
    {
        var receipts = 0;
        var half = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var filing = Parallel.ForEachAsync(Tree.All, new ParallelOptions { MaxDegreeOfParallelism = ClientCount }, async (unit, _) =>
        {
            var request = Figures.ToRequest(unit.Code, $"{visits}-{unit.Code}", new Dictionary<string, long> { ["3.2"] = visits });
            await Asking.UntilAsync(async () => await api.Submissions.SubmitAsync(request, Api.With(tenant.SubmitKey)));
            if (Interlocked.Increment(ref receipts) == Tree.All.Count / 2)
            {
                half.SetResult();
            }
        });
        await Task.WhenAny(half.Task, filing);
        await midway();
        await filing;
    }

    /// <summary>The root comes to hold every unit's last report, once; and so does every other total.</summary>
    private static async Task RequireTotalAsync(Api api, TestTenant tenant, int visits)
    {
        var root = new TotalSelector
        {
            Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period, Scope = Scope.Region, Layer = Layer.Submitted,
        };
        var expected = (long)visits * Tree.All.Count;
        var total = await Asking.UntilAsync(async () =>
        {
            var answer = await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = root }, Api.With(tenant.ReadKey));
            return answer.Cells.Single().Amount.Units;
        }, answer => answer == expected);
        Assert.Equal(expected, total);

        Assert.True(await Asking.UntilAsync(() => AuditAsync(api, tenant)));
    }

    /// <returns>Whether the audit came to its end; whatever it finds fails the test.</returns>
    private static async Task<bool> AuditAsync(Api api, TestTenant tenant)
    {
        using var audit = api.Admin.Audit(new AuditRequest(), Api.With(tenant.AdministratorKey));
        while (await audit.ResponseStream.MoveNext(CancellationToken.None))
        {
            Assert.Empty(audit.ResponseStream.Current.Faults);
            Assert.Empty(audit.ResponseStream.Current.Drifts);
        }

        return true;
    }
}
