using System.Text;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Tests.Errors;
using Aggregation.Gateway.Tests.Fakes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Tests.Limits;

public sealed class LimitTests
{
    [Theory]
    [InlineData("Gateway:MaxCells=0", "Gateway:MaxCells is 0; it must be from 1 to 100000.")]
    [InlineData("Gateway:MaxMessageBytes=1023", "Gateway:MaxMessageBytes is 1023; it must be from 1024 to 67108864.")]
    [InlineData("Gateway:MaxBatchInFlight=0", "Gateway:MaxBatchInFlight is 0; it must be from 1 to 10000.")]
    [InlineData("Gateway:MaxInFlightPerConnection=0", "Gateway:MaxInFlightPerConnection is 0; it must be from 1 to 100000.")]
    [InlineData("Gateway:WatchRenewal=00:01:00", "Gateway:WatchRenewal is 00:01:00; it must be from 00:00:00.1000000 to 00:00:30.")]
    [InlineData("Gateway:CredentialCacheTime=00:00:00", "Gateway:CredentialCacheTime is 00:00:00; it must be from 00:00:00.1000000 to 00:05:00.")]
    [InlineData("Endpoints:Grpc=127.0.0.1:1", "Endpoints:Grpc is '127.0.0.1:1'; it must be http://ADDRESS:PORT with an IP address, such as http://127.0.0.1:8081.")]
    public async Task Start_OptionOutOfRange_NamesOptionValueAndRule(string option, string expected)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(option));

        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public async Task Submit_MessageTooLarge_IsResourceExhausted()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxMessageBytes=1024");
        var request = Requests.Submit();
        request.Explanations.Add(new V1.Explanation { CheckId = "c", Text = new string('x', 2000) });

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await host.Submissions.SubmitAsync(request, host.Call()));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
    }

    [Theory]
    [InlineData(2, StatusCode.OK)]
    [InlineData(3, StatusCode.ResourceExhausted)]
    public async Task Submit_Cells_AreTakenUpToTheLimit(int cells, StatusCode expected)
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxCells=2");
        var request = Requests.Submit();
        while (request.Cells.Count < cells)
        {
            request.Cells.Add(request.Cells[0]);
        }

        var status = await StatusOf(async () => await host.Submissions.SubmitAsync(request, host.Call()));

        Assert.Equal(expected, status);
    }

    [Fact]
    public async Task ImportUnits_CsvOverTheLimit_IsRefusedByItsSizeInBytes()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxCsvBytes=3000", "Gateway:MaxMessageBytes=1024");
        var fits = new string('县', 1000);
        await host.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = fits }, host.Call());
        Assert.Equal(3000, Encoding.UTF8.GetByteCount(host.Tenant.Imported!.Csv));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Admin.ImportUnitsAsync(new V1.ImportUnitsRequest { Csv = fits + "x" }, host.Call()));

        Assert.Equal((StatusCode.ResourceExhausted, "csv: 3001 is more than the 3000 allowed."), (refused.StatusCode, refused.Status.Detail));
        Assert.Equal("<= 3000", ErrorTests.StatusOf(refused)!.Details[1].Unpack<V1.Refusal>().Violations[0].Rule);
    }

    [Fact]
    public async Task Submit_OneMoreThanTheConnectionMayHaveInFlight_IsResourceExhaustedUntilOneEnds()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:MaxInFlightPerConnection=2");
        var ledger = host.Ledger("411300-G01");
        var entered = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        ledger.OnSubmit = async (_, command, _) =>
        {
            entered.Release();
            await release.Task;
            return FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "411300-G01"), command);
        };
        var first = host.Submissions.SubmitAsync(Requests.Submit(), host.Call()).ResponseAsync;
        var second = host.Submissions.SubmitAsync(Requests.Submit(), host.Call()).ResponseAsync;
        Assert.True(await entered.WaitAsync(Requests.Patience));
        Assert.True(await entered.WaitAsync(Requests.Patience));

        Assert.Equal(StatusCode.ResourceExhausted, await StatusOf(() => host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call()).ResponseAsync));

        release.SetResult();
        await Task.WhenAll(first, second);
        Assert.Equal(StatusCode.OK, await StatusOf(() => host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call()).ResponseAsync));
    }

    [Fact]
    public async Task Await_DeadlinePasses_IsDeadlineExceededAndTheGrainIsTold()
    {
        await using var host = await GatewayHost.StartAsync();
        var told = new TaskCompletionSource();
        var entered = 0;
        host.Ledger("411300-G01").OnAwait = async (_, _, cancellation) =>
        {
            Volatile.Write(ref entered, 1);
            await CancelledAsync(told, cancellation);
            return default;
        };
        var request = new V1.AwaitRequest { Unit = "411300-G01", Form = "2014", Period = "2017", Revision = 1, AtUnit = "410000" };

        // A deadline may pass before the call has come to the grain; then another call has longer.
        for (var limit = TimeSpan.FromSeconds(1); Volatile.Read(ref entered) == 0; limit *= 2)
        {
            var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + limit;
            var status = await StatusOf(() => host.Rollups.AwaitAsync(request, GatewayHost.Bearer(host.Key), deadline).ResponseAsync);
            Assert.Equal(StatusCode.DeadlineExceeded, status);
        }

        await told.Task.WaitAsync(Requests.Patience);
    }

    [Fact]
    public async Task Await_GrainsLongestCallEnds_IsDeadlineExceeded()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Ledger("411300-G01").OnAwait = (_, _, _) => Task.FromException<LedgerVersion>(new TimeoutException());
        var request = new V1.AwaitRequest { Unit = "411300-G01", Form = "2014", Period = "2017", Revision = 1, AtUnit = "410000" };

        Assert.Equal(StatusCode.DeadlineExceeded, await StatusOf(() => host.Rollups.AwaitAsync(request, host.Call()).ResponseAsync));
    }

    [Fact]
    public async Task Submit_ClientCancels_TheGrainIsTold()
    {
        await using var host = await GatewayHost.StartAsync();
        var entered = new TaskCompletionSource();
        var told = new TaskCompletionSource();
        host.Ledger("411300-G01").OnSubmit = async (_, _, cancellation) =>
        {
            entered.SetResult();
            await CancelledAsync(told, cancellation);
            throw new InvalidOperationException("Never reached.");
        };
        using var stop = new CancellationTokenSource();
        var call = host.Submissions.SubmitAsync(Requests.Submit(), host.Call(stop.Token)).ResponseAsync;
        await entered.Task.WaitAsync(Requests.Patience);

        await stop.CancelAsync();

        Assert.Equal(StatusCode.Cancelled, await StatusOf(() => call));
        await told.Task.WaitAsync(Requests.Patience);
    }

    /// <summary>Waits for the cancellation, says that it came, and ends by it.</summary>
    private static async Task CancelledAsync(TaskCompletionSource told, CancellationToken cancellation)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        finally
        {
            told.TrySetResult();
        }
    }

    private static async Task<StatusCode> StatusOf(Func<Task> call)
    {
        try
        {
            await call();
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
