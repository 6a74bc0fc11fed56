using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aggregation.Polyfills.Grpc.Tests;

public sealed class HealthTests
{
    private volatile HealthStatus journal = HealthStatus.Healthy;

    [Fact]
    public async Task Check_WholeServer_FollowsTheChecks()
    {
        await using var host = await StartAsync();
        var client = new Health.HealthClient(host.Channel);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        journal = HealthStatus.Degraded;
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, (await client.CheckAsync(new HealthCheckRequest())).Status);
        journal = HealthStatus.Unhealthy;
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, (await client.CheckAsync(new HealthCheckRequest())).Status);
    }

    [Fact]
    public async Task Check_MappedService_RunsOnlyItsChecks()
    {
        await using var host = await StartAsync();
        journal = HealthStatus.Unhealthy;

        var response = await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = "reads" });

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, response.Status);
    }

    [Fact]
    public async Task Check_UnknownService_IsNotFound()
    {
        await using var host = await StartAsync();

        var failure = await Assert.ThrowsAsync<RpcException>(
            async () => await new Health.HealthClient(host.Channel).CheckAsync(new HealthCheckRequest { Service = "absent" }));

        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Watch_StatusPublished_SendsTheChangeAndEndsWhenTheServerStops()
    {
        await using var host = await StartAsync();
        using var call = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest());
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, call.ResponseStream.Current.Status);

        journal = HealthStatus.Unhealthy;
        await host.PublishHealthAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, call.ResponseStream.Current.Status);

        journal = HealthStatus.Healthy;
        await host.PublishHealthAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, call.ResponseStream.Current.Status);

        var stopped = host.StopAsync();
        Assert.True(await call.ResponseStream.MoveNext());
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, call.ResponseStream.Current.Status);
        Assert.False(await call.ResponseStream.MoveNext());
        await stopped;
    }

    [Fact]
    public async Task Watch_UnknownService_SaysSo()
    {
        await using var host = await StartAsync();
        using var call = new Health.HealthClient(host.Channel).Watch(new HealthCheckRequest { Service = "absent" });

        Assert.True(await call.ResponseStream.MoveNext());

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.ServiceUnknown, call.ResponseStream.Current.Status);
    }

    private Task<GrpcHost> StartAsync() => GrpcHost.StartAsync(
        services => services
            .AddGrpcHealthChecks(options => options.Services.Map("reads", check => check.Tags.Contains("read")))
            .AddCheck("journal", () => new HealthCheckResult(journal))
            .AddCheck("ledgers", () => HealthCheckResult.Healthy(), ["read"]),
        app => app.MapGrpcHealthChecksService());
}
