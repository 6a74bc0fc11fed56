using Grpc.AspNetCore.HealthChecks.Internal;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the gRPC health service.</summary>
public static class GrpcHealthChecksEndpointRouteBuilderExtensions
{
    /// <summary>Needs <c>AddGrpcHealthChecks</c>; throws <see cref="InvalidOperationException"/> without it.</summary>
    public static GrpcServiceEndpointConventionBuilder MapGrpcHealthChecksService(this IEndpointRouteBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.ServiceProvider.GetService<HealthStatuses>() is null)
            throw new InvalidOperationException("The gRPC health service is mapped but not added: call services.AddGrpcHealthChecks()");

        return builder.MapGrpcService<HealthService>();
    }
}
