using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>Traces of the product, Orleans and ASP.NET.</summary>
public static class TracingRegistration
{
    private static readonly string[] Sources =
        ["Aggregation.*", "Microsoft.Orleans.Application", "Microsoft.AspNetCore"];

    /// <summary>
    /// Makes traces and gives them to whom <paramref name="configure"/> adds: an exporter or a processor. Each call adds one; without any,
    /// no listener is attached, and spans cost nothing.
    /// </summary>
    public static IHostApplicationBuilder AddTraces(this IHostApplicationBuilder builder, Action<TracerProviderBuilder> configure)
    {
        if (builder.Services.All(static service => service.ServiceType != typeof(SpanRules)))
        {
            // Has ASP.NET name a request's path when its span begins: only then can a sampler tell a probe from a call.
            AppContext.SetSwitch("Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData", false);
            builder.Services.AddOptions<TracingOptions>()
                .Bind(builder.Configuration.GetSection(TracingOptions.SectionName)).ValidateDataAnnotations().ValidateOnStart();
            builder.Services.TryAddSingleton<SpanRules>();

            // The rules come first: processors run in the order in which they are added.
            builder.Services.AddOpenTelemetry().WithTracing(static tracing => tracing
                .AddSource(Sources)
                .SetSampler(static services => new RequestSampler(
                    services.GetRequiredService<IOptions<TracingOptions>>().Value, services.GetService<TimeProvider>() ?? TimeProvider.System))
                .AddProcessor(static services => services.GetRequiredService<SpanRules>()));
        }

        builder.Services.AddOpenTelemetry().WithTracing(configure);
        return builder;
    }
}
