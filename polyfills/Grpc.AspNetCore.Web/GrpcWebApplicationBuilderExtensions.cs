using Grpc.AspNetCore.Web;
using Grpc.AspNetCore.Web.Internal;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Adds gRPC-Web to an application; after routing, before the endpoints.</summary>
public static class GrpcWebApplicationBuilderExtensions
{
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder) => builder.UseGrpcWeb(new GrpcWebOptions());

    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder builder, GrpcWebOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(options);
        return builder.UseMiddleware<GrpcWebMiddleware>(Options.Create(options));
    }
}

/// <summary>Says of endpoints whether they answer gRPC-Web.</summary>
public static class GrpcWebEndpointConventionBuilderExtensions
{
    public static TBuilder EnableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.With(new EnableGrpcWebAttribute());

    public static TBuilder DisableGrpcWeb<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.With(new DisableGrpcWebAttribute());

    private static TBuilder With<TBuilder>(this TBuilder builder, IGrpcWebEnabledMetadata metadata)
        where TBuilder : IEndpointConventionBuilder
    {
        builder.Add(endpoint => endpoint.Metadata.Add(metadata));
        return builder;
    }
}
