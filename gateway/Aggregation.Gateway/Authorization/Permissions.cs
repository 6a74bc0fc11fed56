using Aggregation.Contracts;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Aggregation.Gateway.Authorization;

/// <summary>The declared permissions of RPCs: looked for in each at start, and asked of each call.</summary>
internal static class Permissions
{
    /// <summary>Fails where an RPC that is mapped declares no permission.</summary>
    /// <exception cref="InvalidOperationException">Names the RPCs.</exception>
    public static void RequirePermissions(this IEndpointRouteBuilder endpoints)
    {
        var undeclared = endpoints.DataSources.SelectMany(static source => source.Endpoints)
            .Where(static endpoint => endpoint.Metadata.GetMetadata<RequiresAttribute>() is null)
            .Select(static endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName)
            .OfType<string>().Distinct().Order(StringComparer.Ordinal).ToList();
        if (undeclared.Count > 0)
        {
            throw new InvalidOperationException(
                $"No permission is declared for {string.Join(", ", undeclared)}. Put [Requires(...)] on the method of the service.");
        }
    }

    /// <summary>What the call's RPC declares; null where it declares nothing, and is nobody's to call.</summary>
    public static Roles? Required(this ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<RequiresAttribute>()?.Roles;

    /// <exception cref="RpcException">PERMISSION_DENIED.</exception>
    public static void Require(ServerCallContext context, Roles? required, Caller caller)
    {
        if (required is not { } roles || (caller.Roles() & roles) == 0)
        {
            throw new RpcException(new Status(
                StatusCode.PermissionDenied,
                required is { } wanted
                    ? $"This key may not call {context.Method[1..]}; it takes one of: {wanted}."
                    : $"Nobody may call {context.Method[1..]}."));
        }
    }
}
