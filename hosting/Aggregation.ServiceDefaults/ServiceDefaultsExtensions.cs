using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aggregation.ServiceDefaults;

/// <summary>What every host of the product has: telemetry, logging, health.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>Adds telemetry (OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set), console logging by Logging:Format, and health checks.</summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.AddTelemetry();
        builder.AddConsoleLogging();
        builder.Services.AddHealthChecks();
        return builder;
    }

    /// <summary><c>/healthz</c>: the process runs. <c>/readyz</c>: it can serve.</summary>
    public static WebApplication MapServiceDefaults(this WebApplication app)
    {
        app.MapHealthChecks("/healthz", new HealthCheckOptions { Predicate = static _ => false });
        app.MapHealthChecks("/readyz", new HealthCheckOptions
        {
            Predicate = static check => check.Tags.Contains(HealthTags.Ready),
        });
        return app;
    }
}
