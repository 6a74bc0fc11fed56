using Aggregation.Contracts.Tenants;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Authentication;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task Call_TenantGrainAnswersForAnotherTenant_IsUnauthenticated()
    {
        await using var host = await GatewayHost.StartAsync();
        var key = host.Tenant.Keys.Issue(static caller => caller with { Tenant = "hubei" });

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), GatewayHost.Bearer(key)));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Call_ManyWithinTheCacheTime_AskOnceAndAgainAfterIt()
    {
        await using var host = await GatewayHost.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        }

        Assert.Equal(1, host.Tenant.Keys.Asked);
        host.Time.Advance(TimeSpan.FromSeconds(5));
        await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        Assert.Equal(2, host.Tenant.Keys.Asked);
    }

    [Fact]
    public async Task Call_RefusedKeyAgain_IsRefusedFromTheCache()
    {
        await using var host = await GatewayHost.StartAsync();
        var revoked = host.Tenant.Keys.Issue();
        host.Tenant.Keys.Revoke(revoked);
        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<RpcException>(async () =>
                await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), GatewayHost.Bearer(revoked)));
        }

        Assert.Equal(1, host.Tenant.Keys.Asked);
    }

    [Fact]
    public async Task Call_RevokedKey_WorksNoLongerThanTheCacheTime()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        host.Tenant.Keys.Revoke(host.Key);
        host.Time.Advance(TimeSpan.FromSeconds(5));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call()));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task Call_RevokedKeyAndTimeOfDaySetBack_WorksNoLongerThanTheCacheTime()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        host.Tenant.Keys.Revoke(host.Key);
        host.Time.SetTimeOfDay(TimeSpan.FromHours(-2));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call()));

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task SubmitMany_TimeOfDaySetBackByYears_IsServed()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.Catalog.ListFormsAsync(new V1.ListFormsRequest(), host.Call());
        host.Time.SetTimeOfDay(TimeSpan.FromDays(-800));
        using var batch = host.Submissions.SubmitMany(host.Call());
        await batch.RequestStream.WriteAsync(Requests.Submit());

        Assert.True(await batch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        Assert.Equal(V1.SubmitManyResponse.OutcomeOneofCase.Receipt, batch.ResponseStream.Current.OutcomeCase);
    }

    [Fact]
    public async Task Call_PlatformKey_IsAskedOfThePlatform()
    {
        await using var host = await GatewayHost.StartAsync();
        var key = host.Grains.Platform.Keys.Issue(static caller => caller with { IsPlatform = true });

        var created = await host.Admin.CreateTenantAsync(
            new V1.CreateTenantRequest { Tenant = "hubei", Name = "Hubei" }, GatewayHost.Bearer(key));

        Assert.Equal(("hubei", "text"), (created.Tenant.Tenant_, created.AdministratorKey));
        Assert.Equal(0, host.Grains.Tenant(TenantKeys.Of("platform")).Keys.Asked);
    }

    [Fact]
    public async Task Watch_KeyRevoked_EndsUnauthenticatedWithinTheCacheTime()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:WatchInterval=00:00:00", "Gateway:WatchRenewal=00:00:07");
        using var watch = host.Rollups.Watch(new V1.WatchRequest { Total = Requests.Total() }, host.Call());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        host.Tenant.Keys.Revoke(host.Key);
        await host.Time.TimerOf(TimeSpan.FromSeconds(5));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        var ended = await Assert.ThrowsAsync<RpcException>(() =>
            watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
    }

    [Fact]
    public async Task SubmitMany_KeyRevoked_EndsUnauthenticatedWithinTheCacheTime()
    {
        await using var host = await GatewayHost.StartAsync();
        using var batch = host.Submissions.SubmitMany(host.Call());
        await batch.RequestStream.WriteAsync(Requests.Submit());
        Assert.True(await batch.ResponseStream.MoveNext(CancellationToken.None));

        host.Tenant.Keys.Revoke(host.Key);
        await host.Time.TimerOf(TimeSpan.FromSeconds(5));
        host.Time.Advance(TimeSpan.FromSeconds(5));

        var ended = await Assert.ThrowsAsync<RpcException>(() =>
            batch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
    }

    [Fact]
    public async Task Health_WithoutAKey_Answers()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal("Healthy", await host.Http.GetStringAsync(new Uri("/healthz", UriKind.Relative)));
        Assert.Equal("Healthy", await host.Http.GetStringAsync(new Uri("/readyz", UriKind.Relative)));
        Assert.Equal(1, host.Grains.Platform.Keys.Asked);
    }
}
