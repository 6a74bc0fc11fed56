using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults;

/// <summary>Traces and metrics of the product, Orleans and ASP.NET, sent by OTLP where an endpoint is configured.</summary>
internal static class Telemetry
{
    /// <summary>The variable that OpenTelemetry defines; its companions choose protocol, headers and timeout.</summary>
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Sources =
        ["Aggregation.*", "Microsoft.Orleans.*", "Microsoft.AspNetCore", "Grpc.AspNetCore.Server", "Grpc.Net.Client"];

    private static readonly string[] Meters =
    [
        "Aggregation.*", "Microsoft.Orleans", "Microsoft.Orleans.*",
        "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Grpc.AspNetCore.Server", "System.Runtime",
    ];

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        // Nobody listens: no listener is attached, so that spans and measurements cost nothing.
        if (string.IsNullOrWhiteSpace(builder.Configuration[OtlpEndpoint]))
        {
            return;
        }

        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithTracing(static tracing => tracing.AddSource(Sources).AddOtlpExporter())
            .WithMetrics(static metrics => metrics.AddMeter(Meters).AddOtlpExporter());
    }
}
