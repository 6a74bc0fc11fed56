using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Marks a host as that of a silo or of a client.</summary>
internal sealed record OrleansHostMarker(object Builder)
{
    public static OrleansHostMarker? In(IServiceCollection services) =>
        services.LastOrDefault(static service => service.ServiceType == typeof(OrleansHostMarker))?.ImplementationInstance
            as OrleansHostMarker;

    public static OrleansConfigurationException Both() =>
        new("One host cannot call both UseOrleans and UseOrleansClient; with a silo, UseOrleans alone gives a client too.");
}
