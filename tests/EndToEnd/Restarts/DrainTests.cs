using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.EndToEnd.Restarts;

/// <summary>A server that is told to end while it is busy.</summary>
public sealed class DrainTests
{
    private const int Clients = 16;
    private const int Enough = 300;

    private static readonly UnitTree Tree = new(cities: 3, countiesPerCity: 2, departmentsPerCity: 3);

    [Fact]
    public async Task Terminate_UnderLoad_LosesNothingAcknowledged()
    {
        using var data = new TemporaryFolder();
        var receipts = new ConcurrentBag<(string Unit, Receipt Receipt)>();
        TestTenant tenant;

        // How long the drain may take is no matter here.
        var settings = new Dictionary<string, string> { ["Ledger__DrainTimeout"] = Patience.Step.ToString("c") };
        await using (var host = await StandaloneHost.StartAsync(data.Path, settings))
        {
            using (var api = new Api(host.Address))
            {
                tenant = await TestTenant.CreateAsync(api, data.Path, "drained", Tree);
            }

            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var clients = Enumerable.Range(0, Clients).Select(client => SubmitUntilRefusedAsync(host.Address, tenant, client, receipts, enough)).ToList();

            await enough.Task.WaitAsync(Patience.Step);
            Assert.Equal(0, await host.StopAsync());
            await Task.WhenAll(clients);
            Assert.Contains("Drained", host.Output, StringComparison.Ordinal);
        }

        await using var again = await StandaloneHost.StartAsync(data.Path);
        using var after = new Api(again.Address);
        var sum = 0L;
        foreach (var unit in Tree.All)
        {
            var history = await after.Submissions.HistoryAsync(
                new HistoryRequest { Unit = unit.Code, Form = Figures.Form, Period = Figures.Period }, Api.With(tenant.ReadKey));
            var kept = history.Submissions.ToDictionary(submission => submission.Receipt.Revision, submission => submission.Receipt.Hash);
            foreach (var (_, receipt) in receipts.Where(receipt => receipt.Unit == unit.Code))
            {
                Assert.Equal(receipt.Hash, kept.GetValueOrDefault(receipt.Revision));
            }

            sum += history.Submissions.Count == 0 ? 0 : history.Submissions[^1].Cells.Single().Amount.Units;
        }

        var root = new TotalSelector
        {
            Unit = UnitTree.Root, Form = Figures.Form, Period = Figures.Period, Scope = Scope.Region, Layer = Layer.Submitted,
        };
        var total = await after.Rollups.GetTotalAsync(new GetTotalRequest { Total = root }, Api.With(tenant.ReadKey));
        Assert.Equal(sum, Assert.Single(total.Cells).Amount.Units);
        Assert.True(receipts.Count >= Enough);
    }

    [Fact]
    public async Task Terminate_WithADelay_RefusesReadinessAndGoesOnServing()
    {
        using var data = new TemporaryFolder();

        // Longer than all that is asked for meanwhile; nobody waits for its end.
        await using var host = await StandaloneHost.StartAsync(
            data.Path, new Dictionary<string, string> { ["Stopping__Delay"] = "00:05:00" });
        using var api = new Api(host.Address);
        using var client = new HttpClient { BaseAddress = host.HttpAddress, Timeout = Patience.Step };

        await host.TerminateAsync();
        HttpStatusCode status;
        do
        {
            using var answer = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            status = answer.StatusCode;
        }
        while (status == HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        var tenant = await TestTenant.CreateAsync(api, data.Path, "late", Tree);
        Assert.NotEmpty(tenant.ReadKey);
        await host.KillAsync();
    }

    [Fact]
    public async Task Terminate_WithADelay_EndsInOrderAfterIt()
    {
        using var data = new TemporaryFolder();
        await using var host = await StandaloneHost.StartAsync(
            data.Path, new Dictionary<string, string> { ["Stopping__Delay"] = "00:00:01" });

        Assert.Equal(0, await host.StopAsync());
    }

    /// <summary>Files one report after the other, for units in turn, until the server takes none any more.</summary>
    private static async Task SubmitUntilRefusedAsync(
        Uri server, TestTenant tenant, int client, ConcurrentBag<(string Unit, Receipt Receipt)> receipts, TaskCompletionSource enough)
    {
        using var api = new Api(server);
        for (var i = 0; ; i++)
        {
            var unit = Tree.All[(client + (i * Clients)) % Tree.All.Count].Code;
            var request = Figures.ToRequest(
                unit, string.Create(CultureInfo.InvariantCulture, $"{client}-{i}"), new Dictionary<string, long> { ["3.2"] = (client * 1000) + i });
            try
            {
                receipts.Add((unit, await api.Submissions.SubmitAsync(request, Api.With(tenant.SubmitKey))));
            }
            catch (RpcException refused)
            {
                Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
                return;
            }

            if (receipts.Count >= Enough)
            {
                enough.TrySetResult();
            }
        }
    }
}
