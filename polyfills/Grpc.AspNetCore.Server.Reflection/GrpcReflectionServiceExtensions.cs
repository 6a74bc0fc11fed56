using Grpc.AspNetCore.Server.Reflection.Internal;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what the gRPC reflection service needs.</summary>
public static class GrpcReflectionServiceExtensions
{
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<SymbolRegistry>();
        services.TryAddSingleton<ReflectionV1Service>();
        services.TryAddSingleton<ReflectionV1AlphaService>();
        return services;
    }
}
