using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

public sealed class WatchTests
{
    private const string AtOnce = "Gateway:WatchInterval=00:00:00";

    [Fact]
    public async Task Watch_Changes_SendsTheTotalNowAndEachLaterOne()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce);
        var ledger = host.Ledger("410000");
        using var watch = Watch(host);

        Assert.Equal(new V1.Version { Epoch = 1, Version_ = 1 }, (await NextAsync(watch)).Version);
        ledger.Change(new LedgerVersion(1, 2));
        Assert.Equal(2, (await NextAsync(watch)).Cells[0].Amount.Units);
        ledger.Change(new LedgerVersion(2, 1));
        Assert.Equal(new V1.Version { Epoch = 2, Version_ = 1 }, (await NextAsync(watch)).Version);
    }

    [Fact]
    public async Task Watch_Resumed_SendsNothingUntilThereIsANewerVersion()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce);
        var ledger = host.Ledger("410000");
        ledger.Change(new LedgerVersion(3, 7));
        using var resumed = Watch(host, after: new V1.Version { Epoch = 3, Version_ = 7 });
        using var witness = Watch(host);
        Assert.Equal(7, (await NextAsync(witness)).Version.Version_);
        var next = resumed.ResponseStream.MoveNext(CancellationToken.None);

        ledger.Change(new LedgerVersion(3, 8));
        await next.WaitAsync(Requests.Patience);

        Assert.Equal(8, resumed.ResponseStream.Current.Version.Version_);
    }

    [Fact]
    public async Task Watch_ResumedFromAnOlderVersion_SendsTheTotalNow()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce);
        host.Ledger("410000").Change(new LedgerVersion(3, 7));
        using var watch = Watch(host, after: new V1.Version { Epoch = 2, Version_ = 900 });

        Assert.Equal(new V1.Version { Epoch = 3, Version_ = 7 }, (await NextAsync(watch)).Version);
    }

    [Fact]
    public async Task Watch_ManyChangesWithinTheInterval_ComeAsOne()
    {
        var interval = TimeSpan.FromSeconds(3);
        await using var host = await GatewayHost.StartAsync("Gateway:WatchInterval=00:00:03");
        var ledger = host.Ledger("410000");
        using var watch = Watch(host);
        await NextAsync(watch);
        await host.Time.TimerOf(interval);
        for (var version = 2; version <= 50; version++)
        {
            ledger.Change(new LedgerVersion(1, version));
        }

        host.Time.Advance(interval);

        Assert.Equal(50, (await NextAsync(watch)).Version.Version_);
        await host.Time.TimerOf(interval);
        ledger.Change(new LedgerVersion(1, 51));
        host.Time.Advance(interval);
        Assert.Equal(51, (await NextAsync(watch)).Version.Version_);
    }

    [Fact]
    public async Task Watch_TwoStreamsOnOneLedger_ShareOneObserverAndOneFetchUntilBothLeave()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce);
        var ledger = host.Ledger("410000");
        var first = Watch(host);
        using var second = Watch(host);
        await NextAsync(first);
        await NextAsync(second);
        Assert.Equal(1, ledger.Observers);
        var asked = ledger.TotalsAsked;

        ledger.Change(new LedgerVersion(1, 2));
        await NextAsync(first);
        await NextAsync(second);
        Assert.Equal(1, ledger.TotalsAsked - asked);

        first.Dispose();
        ledger.Change(new LedgerVersion(1, 3));
        await NextAsync(second);
        Assert.Equal(1, ledger.Observers);

        second.Dispose();
        await ledger.Unsubscribed();
        Assert.Equal(0, ledger.Observers);
    }

    [Fact]
    public async Task Watch_NotificationLost_RenewalFindsTheNewerVersion()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce, "Gateway:WatchRenewal=00:00:07");
        var ledger = host.Ledger("410000");
        using var watch = Watch(host);
        await NextAsync(watch);
        await host.Time.TimerOf(TimeSpan.FromSeconds(7));
        ledger.Change(new LedgerVersion(1, 2), tell: false);

        host.Time.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(2, (await NextAsync(watch)).Version.Version_);
    }

    [Fact]
    public async Task Watch_RightIsGone_EndsThatStreamAtItsRenewalAndNoOther()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce, "Gateway:WatchRenewal=00:00:07");
        var ledger = host.Ledger("410000");
        using var allowed = Watch(host);
        await NextAsync(allowed);
        var otherKey = host.Tenant.Keys.Issue();
        using var barred = Watch(host, key: otherKey);
        await NextAsync(barred);
        var barredId = otherKey.Split('_')[2];
        ledger.OnRead = caller =>
        {
            if (caller.KeyId == barredId)
            {
                throw new RefusedException(RefusalKind.Forbidden, "not yours");
            }
        };
        await host.Time.TimerOf(TimeSpan.FromSeconds(7));

        var ending = barred.ResponseStream.MoveNext(CancellationToken.None);
        while (!ending.IsCompleted)
        {
            host.Time.Advance(TimeSpan.FromSeconds(7));
            await Task.Yield();
        }

        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => ending)).StatusCode);
        ledger.Change(new LedgerVersion(1, 2));
        Assert.Equal(2, (await NextAsync(allowed)).Version.Version_);
    }

    [Fact]
    public async Task Watch_NoRight_IsRefusedThoughAnotherStreamHasTheTotal()
    {
        await using var host = await GatewayHost.StartAsync(AtOnce);
        var ledger = host.Ledger("410000");
        using var allowed = Watch(host);
        await NextAsync(allowed);
        var allowedId = host.Key.Split('_')[2];
        ledger.OnRead = caller =>
        {
            if (caller.KeyId != allowedId)
            {
                throw new RefusedException(RefusalKind.Forbidden, "not yours");
            }
        };
        using var barred = Watch(host, key: host.Tenant.Keys.Issue());

        var refused = await Assert.ThrowsAsync<RpcException>(() => NextAsync(barred));

        Assert.Equal((StatusCode.PermissionDenied, "not yours"), (refused.StatusCode, refused.Status.Detail));
    }

    private static AsyncServerStreamingCall<V1.Total> Watch(GatewayHost host, V1.Version? after = null, string? key = null) =>
        host.Rollups.Watch(
            new V1.WatchRequest { Total = Requests.Total(), After = after }, GatewayHost.Bearer(key ?? host.Key));

    private static async Task<V1.Total> NextAsync(AsyncServerStreamingCall<V1.Total> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        return watch.ResponseStream.Current;
    }
}
