using Microsoft.Extensions.Hosting;
using OpenTelemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OpenTelemetry to a host.</summary>
public static class OpenTelemetryServicesExtensions
{
    /// <summary>
    /// Lets the host start the providers that the returned builder configures, ahead of every other hosted service. They are
    /// flushed and disposed with the host's services. May be called more than once.
    /// </summary>
    public static OpenTelemetryBuilder AddOpenTelemetry(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (!services.Any(service => service.ImplementationType == typeof(TelemetryHostedService)))
            services.Insert(0, ServiceDescriptor.Singleton<IHostedService, TelemetryHostedService>());

        return new OpenTelemetryBuilder(services);
    }
}
