namespace Aggregation.Gateway.Errors;

/// <summary>
/// Remembers which calls came as gRPC-Web, before they are made to look like any other. Their refusals are in the answer's headers, and
/// for those proxies have less room than clients.
/// </summary>
internal sealed class GrpcWebCalls(RequestDelegate next)
{
    private const string ContentType = "application/grpc-web";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) == true)
        {
            context.Features.Set(Mark.Of);
        }

        return next(context);
    }

    public static bool IsOne(HttpContext context) => context.Features.Get<Mark>() is not null;

    private sealed class Mark
    {
        public static readonly Mark Of = new();
    }
}
