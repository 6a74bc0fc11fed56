using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Web.Internal;

/// <summary>
/// Presents a gRPC-Web request to the gRPC server as gRPC over HTTP/2, and the server's answer to the client as gRPC-Web:
/// trailers become the last frame of the body, and in text mode both bodies are base64.
/// </summary>
internal sealed class GrpcWebMiddleware(IOptions<GrpcWebOptions> options, RequestDelegate next)
{
    private const string Grpc = "application/grpc";

    public Task InvokeAsync(HttpContext context) =>
        GrpcWebContentType.TryParse(context.Request, out var contentType) && IsEnabled(context)
            ? HandleAsync(context, contentType)
            : next(context);

    private bool IsEnabled(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<IGrpcWebEnabledMetadata>()?.GrpcWebEnabled ?? options.Value.DefaultEnabled;

    private async Task HandleAsync(HttpContext context, GrpcWebContentType contentType)
    {
        var request = context.Request;
        using var body = new GrpcWebBody(context.Features, contentType);
        var (originalType, originalProtocol) = (request.ContentType, request.Protocol);
        request.ContentType = Grpc + contentType.Suffix;
        request.Protocol = HttpProtocol.Http2;
        context.Response.OnStarting(() =>
        {
            // Errors before the server has answered (404, 401) keep their own type.
            if (context.Response.ContentType?.StartsWith(Grpc, StringComparison.OrdinalIgnoreCase) == true)
                context.Response.ContentType = contentType.ForResponse;

            return Task.CompletedTask;
        });

        try
        {
            await next(context);
            await body.WriteTrailersAsync();
        }
        finally
        {
            request.ContentType = originalType;
            request.Protocol = originalProtocol;
        }
    }
}
