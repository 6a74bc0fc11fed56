using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>A Kestrel on a free loopback port, one endpoint for HTTP/2 and one for HTTP/1.1, with the echo service.</summary>
internal sealed class GrpcHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private GrpcHost(WebApplication app)
    {
        this.app = app;
        var addresses = app.Urls.Select(url => new Uri(url)).ToArray();
        Http2 = addresses[0];
        Http1 = addresses[1];
        Channel = GrpcChannel.ForAddress(Http2);
    }

    public Uri Http2 { get; }

    public Uri Http1 { get; }

    public GrpcChannel Channel { get; }

    public Protos.EchoService.EchoServiceClient Client => new(Channel);

    public CallLog Log => app.Services.GetRequiredService<CallLog>();

    public static async Task<GrpcHost> StartAsync(
        Action<IServiceCollection>? configureServices = null, Action<WebApplication>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<CallLog>();
        configureServices?.Invoke(builder.Services);
        var app = builder.Build();
        configure?.Invoke(app);
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        return new GrpcHost(app);
    }

    /// <summary>Runs the health checks and publishes the result, as the host does from time to time.</summary>
    public async Task PublishHealthAsync()
    {
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        foreach (var publisher in app.Services.GetServices<IHealthCheckPublisher>())
            await publisher.PublishAsync(report, CancellationToken.None);
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.DisposeAsync();
    }
}
