using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Aggregation.ServiceDefaults;

/// <summary>What every host of the product has: telemetry, logging, health.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Adds settings from the files at Secrets:Path, telemetry (OTLP when OTEL_EXPORTER_OTLP_ENDPOINT is set), console logging by
    /// Logging:Format, and health checks.
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
        builder.Services.AddSingleton<Stopping>();
        builder.Services.AddHostedService(static provider => provider.GetRequiredService<Stopping>());
        builder.Services.AddHealthChecks().AddCheck<Stopping>("stopping", tags: [HealthTags.Ready]);
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
