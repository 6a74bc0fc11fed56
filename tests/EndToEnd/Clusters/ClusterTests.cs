using System.Diagnostics;
using System.Globalization;
using Aggregation.EndToEnd.Running;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.TestKit.Postgres;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Clusters;

/// <summary>A gateway and two silos, each a process of its own, that find each other in PostgreSQL. Only real Orleans has that.</summary>
[Trait("Packages", "upstream")]
public sealed class ClusterTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 2, departmentsPerCity: 3);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(200);

    [PostgresFact]
    public async Task Cluster_GatewayFirstAndASiloKilled_CountsEverythingOnce()
    {
        using var folder = new TemporaryFolder();
        var database = await server.CreateDatabaseAsync();
        await using (var migrate = Start(Checkout.FindCommandLine(), folder.Path, new() { ["AGGREGATION_DATABASE"] = database }, "migrate"))
        {
            Assert.Equal(0, await migrate.ExitedAsync(Patience.Step));
        }

        // It waits for silos that come later.
        var (grpc, http) = FreePorts.Two();
        await using var gateway = Start(Checkout.FindGateway(), folder.Path, new(Members(database))
        {
            ["Endpoints__Grpc"] = $"http://127.0.0.1:{Text(grpc)}",
            ["Endpoints__Http"] = $"http://127.0.0.1:{Text(http)}",
        });
        await using var one = StartSilo(database, folder, "one");
        await using var two = StartSilo(database, folder, "two");
        await ReadyAsync(new Uri($"http://127.0.0.1:{Text(http)}/readyz"), gateway);

        using var api = new Api(new Uri($"http://127.0.0.1:{Text(grpc)}"));
        var tenant = await TestTenant.CreateAsync(api, await KeyFolderAsync(folder, "one", "two"), "clustered", Tree);
        foreach (var unit in Tree.All)
        {
            await SubmitAsync(api, tenant, unit.Code, "before", 1);
        }

        await one.KillAsync();
        foreach (var unit in Tree.All)
        {
            await SubmitAsync(api, tenant, unit.Code, "after", 10);
        }

        Assert.Equal(10 * Tree.All.Count, await SettledAsync(api, tenant));
        using var audit = api.Admin.Audit(new AuditRequest(), Api.With(tenant.AdministratorKey));
        while (await audit.ResponseStream.MoveNext(CancellationToken.None))
        {
            Assert.Empty(audit.ResponseStream.Current.Faults);
            Assert.Empty(audit.ResponseStream.Current.Drifts);
        }

        await two.TerminateAsync();
        Assert.Equal(0, await two.ExitedAsync(Patience.Step));
        Assert.Contains("Drained", two.Output, StringComparison.Ordinal);
    }

    private static RunningProcess StartSilo(string database, TemporaryFolder folder, string name)
    {
        var (silo, gateway) = FreePorts.Two();
        var data = Directory.CreateDirectory(Path.Combine(folder.Path, name)).FullName;
        return Start(Checkout.FindSilo(), data, new(Members(database))
        {
            ["Data__Path"] = data,
            ["Journal__Provider"] = "postgres",
            ["Journal__ConnectionString"] = database,
            ["Journal__AllowSecondHost"] = "true",
            ["Silo__Address"] = "127.0.0.1",
            ["Silo__Port"] = Text(silo),
            ["Silo__GatewayPort"] = Text(gateway),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        });
    }

    private static Dictionary<string, string> Members(string database) =>
        new() { ["Cluster__ConnectionString"] = database, ["Cluster__Id"] = "tested" };

    private static RunningProcess Start(string program, string folder, Dictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Checkout.DotNet, [program, .. arguments]) { WorkingDirectory = folder };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new RunningProcess(start);
    }

    private static async Task ReadyAsync(Uri address, RunningProcess gateway)
    {
        using var client = new HttpClient { Timeout = Patience.Step };
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between))
        {
            try
            {
                using var answer = await client.GetAsync(address);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It listens once it has found a silo.
            }

            Assert.True(Stopwatch.GetElapsedTime(began) < Patience.Step, $"The gateway is not ready. It wrote:\n{gateway.Output}");
        }
    }

    /// <summary>Whichever silo made the platform's first key has its file.</summary>
    private static async Task<string> KeyFolderAsync(TemporaryFolder folder, params string[] silos)
    {
        using var patience = new CancellationTokenSource(Patience.Step);
        while (true)
        {
            if (silos.Select(silo => Path.Combine(folder.Path, silo)).FirstOrDefault(data => File.Exists(Path.Combine(data, "platform.key"))) is { } found)
            {
                return found;
            }

            await Task.Delay(Between, patience.Token);
        }
    }

    /// <summary>Sends the same request until it is taken: a silo that has died is noticed after some seconds.</summary>
    private static async Task SubmitAsync(Api api, TestTenant tenant, string unit, string id, long visits)
    {
        var request = Figures.ToRequest(unit, $"{id}-{unit}", new Dictionary<string, long> { ["3.2"] = visits });
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between))
        {
            try
            {
                await api.Submissions.SubmitAsync(request, Api.With(tenant.SubmitKey));
                return;
            }
            catch (RpcException unavailable)
                when (unavailable.StatusCode is StatusCode.Unavailable && Stopwatch.GetElapsedTime(began) < Patience.Step)
            {
                // As a client does.
            }
        }
    }

    /// <summary>The root's total, once it holds every unit's last report.</summary>
    private static async Task<long> SettledAsync(Api api, TestTenant tenant)
    {
        var root = new TotalSelector
        {
            Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period, Scope = Scope.Region, Layer = Layer.Submitted,
        };
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between))
        {
            try
            {
                var total = await api.Rollups.GetTotalAsync(new GetTotalRequest { Total = root }, Api.With(tenant.ReadKey));
                var visits = total.Cells.Single().Amount.Units;
                if (visits == 10 * Tree.All.Count || Stopwatch.GetElapsedTime(began) > Patience.Step)
                {
                    return visits;
                }
            }
            catch (RpcException unavailable)
                when (unavailable.StatusCode is StatusCode.Unavailable && Stopwatch.GetElapsedTime(began) < Patience.Step)
            {
                // As a client does.
            }
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
