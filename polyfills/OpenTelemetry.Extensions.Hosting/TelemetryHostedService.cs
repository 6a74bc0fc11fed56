using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace OpenTelemetry;

/// <summary>Creates the configured providers when the host starts, so that they listen before the first request.</summary>
internal sealed class TelemetryHostedService(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        services.GetService<MeterProvider>();
        services.GetService<TracerProvider>();
        services.GetService<LoggerProvider>();
        return Task.CompletedTask;
    }

    // The container owns the providers: it disposes them after every hosted service has stopped, which flushes them. Here
    // would be too early, as other services still record while they stop.
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
