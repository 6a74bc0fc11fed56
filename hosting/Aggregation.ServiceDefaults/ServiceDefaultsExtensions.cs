using Aggregation.ServiceDefaults.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aggregation.ServiceDefaults;

/// <summary>What every host of the product has: telemetry, logging, health.</summary>
public static class ServiceDefaultsExtensions
{
    internal const string HealthPath = "/healthz";
    internal const string ReadyPath = "/readyz";

    /// <summary>
    /// Adds settings from the files at Secrets:Path, telemetry (OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set, <c>/metrics</c> unless
    /// Metrics:Enabled is false), console logging by Logging:Format, and health checks.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddSecretFiles();
        builder.AddTelemetry();
        builder.AddConsoleLogging();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddOptions<StoppingOptions>()
            .Bind(builder.Configuration.GetSection(StoppingOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();

        // The host's own limit is for what stops, and begins after the delay.
        builder.Services.AddOptions<HostOptions>()
            .Configure<IOptions<StoppingOptions>>(static (host, stopping) => host.ShutdownTimeout += stopping.Value.Delay);
        builder.Services.AddSingleton<Stopping>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<Stopping>());
        builder.Services.AddHealthChecks().AddCheck<Stopping>("stopping", tags: [HealthTags.Ready]);
        return builder;
    }

    /// <summary><c>/healthz</c>: the process runs. <c>/readyz</c>: it can serve. <c>/metrics</c>: for Prometheus.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealthChecks(HealthPath, new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks(ReadyPath, new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(HealthTags.Ready),
        });
        app.MapMetrics();
        return app;
    }
}
