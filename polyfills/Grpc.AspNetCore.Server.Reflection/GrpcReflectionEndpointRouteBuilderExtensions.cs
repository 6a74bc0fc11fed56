using Grpc.AspNetCore.Server.Reflection.Internal;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC reflection service, in both versions of its protocol.</summary>
public static class GrpcReflectionEndpointRouteBuilderExtensions
{
    /// <summary>Needs <c>AddGrpcReflection</c>; throws <see cref="InvalidOperationException"/> without it.</summary>
    public static IEndpointConventionBuilder MapGrpcReflectionService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<SymbolRegistry>() is null)
            throw new InvalidOperationException("The gRPC reflection service is mapped but not added: call services.AddGrpcReflection()");

        return new BothVersions(builder.MapGrpcService<ReflectionV1AlphaService>(), builder.MapGrpcService<ReflectionV1Service>());
    }

    private sealed class BothVersions(params IEndpointConventionBuilder[] versions) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention)
        {
            foreach (var version in versions)
                version.Add(convention);
        }

        public void Finally(Action<EndpointBuilder> finallyConvention)
        {
            foreach (var version in versions)
                version.Finally(finallyConvention);
        }
    }
}
