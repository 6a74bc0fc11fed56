using Aggregation.Contracts;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Tests.Errors;
using Aggregation.Gateway.Tests.Fakes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Tests.Limits;

/// <summary>Limits of tenants and keys. Rates are so low that no wait in a test earns another call.</summary>
public sealed class QuotaTests
{
    [Theory]
    [InlineData("Limits:Tenant:InFlight=0", "Limits:Tenant:InFlight is 0; it must be from 1 to 1000000.")]
    [InlineData("Limits:Key:RequestsPerSecond=0", "Limits:Key:RequestsPerSecond is 0; it must be from 0.001 to 1000000.")]
    [InlineData("Limits:Tenants:hunan:Watches=-1", "Limits:Tenants:hunan:Watches is -1; it must be from 0 to 1000000.")]
    [InlineData("Limits:RefusalDelay=00:00:11", "Limits:RefusalDelay is 00:00:11; it must be from 00:00:00 to 00:00:10.")]
    public async Task Start_LimitOutOfRange_NamesOptionValueAndRule(string option, string expected)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync(option));

        Assert.Equal(expected, refused.Message);
    }

    [Fact]
    public async Task Call_KeyAtItsRate_IsResourceExhaustedWithARetryDelayAndOtherKeysGoOn()
    {
        await using var host = await StartAsync("Limits:Key:RequestsPerSecond=0.001");
        var other = host.Tenant.Keys.Issue();

        await ListAsync(host, host.Key);
        var refused = await RefusedAsync(() => ListAsync(host, host.Key));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.StartsWith($"Key '{host.Key.Split('_')[2]}' is at its limit of requests a second; try again in ", refused.Status.Detail, StringComparison.Ordinal);
        var delay = RetryOf(refused);
        Assert.InRange(delay, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1000));
        await ListAsync(host, other);
    }

    [Fact]
    public async Task Call_TenantAtItsRate_IsResourceExhaustedForAllItsKeysAndNoOtherTenant()
    {
        await using var host = await StartAsync("Limits:Tenant:RequestsPerSecond=0.001");
        var second = host.Tenant.Keys.Issue();
        var otherTenant = host.Grains.Tenant("tenant/hubei").Keys.Issue();

        await ListAsync(host, host.Key);
        var refused = await RefusedAsync(() => ListAsync(host, second));

        Assert.StartsWith("Tenant 'hunan' is at its limit of requests a second; ", refused.Status.Detail, StringComparison.Ordinal);
        await ListAsync(host, otherTenant);
    }

    [Fact]
    public async Task Call_TenantNamedInTheOptions_HasItsOwnLimit()
    {
        await using var host = await StartAsync("Limits:Tenant:RequestsPerSecond=0.001", "Limits:Tenants:hunan:RequestsPerSecond=1000");

        for (var i = 0; i < 5; i++)
        {
            await ListAsync(host, host.Key);
        }
    }

    [Fact]
    public async Task Validate_WhereSubmitIsOverALimit_IsRefusedAlike()
    {
        await using var host = await StartAsync("Limits:Tenant:CellsPerSecond=0.001", "Gateway:MaxCells=1");
        await host.Submissions.SubmitAsync(Requests.Submit(), host.Call());
        await host.Submissions.SubmitAsync(Requests.Submit(), host.Call());

        var validating = await RefusedAsync(() => host.Submissions.ValidateAsync(Requests.Submit(), host.Call()).ResponseAsync);
        var submitting = await RefusedAsync(() => host.Submissions.SubmitAsync(Requests.Submit(), host.Call()).ResponseAsync);

        Assert.Equal((StatusCode.ResourceExhausted, StatusCode.ResourceExhausted), (validating.StatusCode, submitting.StatusCode));
        Assert.Equal(LimitIn(submitting), LimitIn(validating));
        static string LimitIn(RpcException refused) => refused.Status.Detail[..refused.Status.Detail.IndexOf(';', StringComparison.Ordinal)];
    }

    [Fact]
    public async Task Submit_TenantsCellsUsedUp_IsResourceExhausted()
    {
        // Two submissions of two cells are always taken, whatever the rate: room for the greatest one.
        await using var host = await StartAsync("Limits:Tenant:CellsPerSecond=0.001", "Gateway:MaxCells=2");
        var request = Requests.Submit();
        request.Cells.Add(request.Cells[0]);
        await host.Submissions.SubmitAsync(request, host.Call());
        await host.Submissions.SubmitAsync(request, host.Call());

        var refused = await RefusedAsync(() => host.Submissions.SubmitAsync(request, host.Call()).ResponseAsync);

        Assert.StartsWith("Tenant 'hunan' is at its limit of cells a second; ", refused.Status.Detail, StringComparison.Ordinal);
        await ListAsync(host, host.Key);
    }

    [Fact]
    public async Task Call_OneMoreThanTheTenantMayHaveInFlight_IsResourceExhaustedUntilOneEnds()
    {
        await using var host = await StartAsync("Limits:Tenant:InFlight=1");
        var entered = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        host.Ledger("411300-G01").OnSubmit = async (_, command, _) =>
        {
            entered.SetResult();
            await release.Task;
            return FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "411300-G01"), command);
        };
        var first = host.Submissions.SubmitAsync(Requests.Submit(), host.Call()).ResponseAsync;
        await entered.Task.WaitAsync(Requests.Patience);

        var refused = await RefusedAsync(() => ListAsync(host, host.Key));

        Assert.Equal("Tenant 'hunan' is at its limit of calls in flight; try again in 100 ms.", refused.Status.Detail);
        Assert.Equal(TimeSpan.FromMilliseconds(100), RetryOf(refused));
        release.SetResult();
        await first;
        await ListAsync(host, host.Key);
    }

    [Theory]
    [InlineData("Limits:Key:Watches=0")]
    [InlineData("Limits:Tenants:hunan:Watches=0")]
    public async Task Watch_OneMoreThanAllowed_IsResourceExhaustedAndOtherCallsGoOn(string option)
    {
        await using var host = await StartAsync(option);
        using var watch = host.Rollups.Watch(new V1.WatchRequest { Total = Requests.Total() }, host.Call());

        var refused = await RefusedAsync(() => watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((StatusCode.ResourceExhausted, TimeSpan.FromSeconds(5)), (refused.StatusCode, RetryOf(refused)));
        await ListAsync(host, host.Key);
    }

    [Fact]
    public async Task Wait_BatchBeyondTheRate_IsSlowedDownAndNotRefused()
    {
        var options = new LimitOptions { Key = { RequestsPerSecond = 50 } };
        using var quotas = new CallQuotas(Options.Create(options), Options.Create(new GatewayOptions()), TimeProvider.System);
        var caller = new Caller { Tenant = "hunan", KeyId = "k" };
        for (var i = 0; i < 100; i++)
        {
            quotas.Begin(caller, isWatch: false).Dispose();
        }

        // What two seconds allow is used up; these come at their rate.
        for (var i = 0; i < 10; i++)
        {
            await quotas.WaitAsync(caller, Requests.Submit(), CancellationToken.None).WaitAsync(Requests.Patience);
        }

        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            while (true)
            {
                await quotas.WaitAsync(caller, Requests.Submit(), stop.Token);
            }
        });
    }

    [Fact]
    public async Task Call_Refused_IsHeldBackForTheDelay()
    {
        await using var host = await GatewayHost.StartAsync("Limits:Key:RequestsPerSecond=0.001", "Limits:RefusalDelay=00:00:03");
        await ListAsync(host, host.Key);

        var refusal = RefusedAsync(() => ListAsync(host, host.Key));
        await host.Time.TimerOf(TimeSpan.FromSeconds(3));
        Assert.False(refusal.IsCompleted);
        host.Time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(StatusCode.ResourceExhausted, (await refusal.WaitAsync(Requests.Patience)).StatusCode);
    }

    private static Task<GatewayHost> StartAsync(params string[] options) =>
        GatewayHost.StartAsync([.. options, "Limits:RefusalDelay=00:00:00"]);

    private static Task<V1.ListFormsResponse> ListAsync(GatewayHost host, string key) =>
        host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), GatewayHost.Bearer(key)).ResponseAsync;

    private static Task<RpcException> RefusedAsync(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);

    private static TimeSpan RetryOf(RpcException refused) =>
        Assert.Single(ErrorTests.StatusOf(refused)!.Details).Unpack<RetryInfo>().RetryDelay.ToTimeSpan();
}
