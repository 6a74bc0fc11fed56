using Aggregation.ServiceDefaults.Metrics;
using Aggregation.ServiceDefaults.Tracing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults;

/// <summary>Traces and metrics of the product, Orleans and .NET: sent by OTLP where an endpoint is configured, and metrics to who asks.</summary>
internal static class Telemetry
{
    private static readonly string[] Meters =
        ["Aggregation.*", "Microsoft.Orleans", "Microsoft.Orleans.*", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        var isSent = OtlpEndpoint.IsConfigured(builder.Configuration);
        var metrics = new MetricsOptions();
        var section = builder.Configuration.GetSection(MetricsOptions.SectionName);
        builder.Services.AddOptions<MetricsOptions>().Bind(section).ValidateDataAnnotations().ValidateOnStart();
        section.Bind(metrics);

        // Nobody listens: no listener is attached, so that spans and measurements cost nothing.
        if (isSent || metrics.Enabled)
        {
            builder.AddMetrics(isSent, metrics.Enabled);
        }

        if (isSent)
        {
            builder.AddTraces(static tracing => tracing.AddOtlpExporter());
        }
    }

    private static void AddMetrics(this IHostApplicationBuilder builder, bool isSent, bool isAsked)
    {
        builder.Services.TryAddSingleton<ProcessInstruments>();
        builder.Services.TryAddSingleton<PullExporter>();
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName, serviceVersion: ProcessInstruments.Version))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Meters)
                    .AddInstrumentation(static services => services.GetRequiredService<ProcessInstruments>())
                    .SetExemplarFilter(ExemplarFilterType.TraceBased)
                    // Counted twice for each request, and of no use where requests do not queue.
                    .AddView("kestrel.queued_requests", MetricStreamConfiguration.Drop);
                if (isSent)
                {
                    metrics.AddOtlpExporter();
                }

                if (isAsked)
                {
                    metrics.AddReader(static services =>
                        new BaseExportingMetricReader(services.GetRequiredService<PullExporter>()));
                }
            });
    }
}
