using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary><c>/metrics</c> for Prometheus.</summary>
internal static class MetricsEndpoint
{
    public const string Path = "/metrics";

    public static void MapMetrics(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetRequiredService<IOptions<MetricsOptions>>().Value.Enabled)
        {
            endpoints.MapGet(Path, AnswerAsync);
        }
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var refusal = await RefusalAsync(context);
        if (refusal != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = refusal;
            if (refusal == StatusCodes.Status401Unauthorized)
            {
                context.Response.Headers.WWWAuthenticate = "Bearer";
            }

            return;
        }

        var format = ExpositionFormat.For(context.Request.Headers.Accept);
        var page = await Exposition.ReadAsync(context.RequestServices.GetRequiredService<PullExporter>(), format, context.RequestAborted);
        context.Response.ContentType = format.ContentType;
        context.Response.Headers.Vary = "Accept";
        context.Response.ContentLength = page.Length;
        await context.Response.BodyWriter.WriteAsync(page, context.RequestAborted);
    }

    private static async ValueTask<int> RefusalAsync(HttpContext context)
    {
        var access = context.RequestServices.GetRequiredService<IOptions<MetricsOptions>>().Value.Access;
        if (IsOpen(access, context))
        {
            return StatusCodes.Status200OK;
        }

        var isOperator = context.RequestServices.GetService<IOperatorCredential>() is { } credential
            ? await credential.IsShownAsync(context)
            : null;
        return isOperator switch
        {
            true => StatusCodes.Status200OK,
            false => StatusCodes.Status403Forbidden,
            null => StatusCodes.Status401Unauthorized,
        };
    }

    private static bool IsOpen(MetricsAccess access, HttpContext context) => access switch
    {
        MetricsAccess.Anyone => true,
        MetricsAccess.Plaintext => IsOfThisMachine(context) || (!context.Request.IsHttps && !IsForwarded(context)),
        _ => IsOfThisMachine(context),
    };

    private static bool IsOfThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } remote && IPAddress.IsLoopback(remote) && !IsForwarded(context);

    /// <summary>A proxy speaks for clients elsewhere, and says so.</summary>
    private static bool IsForwarded(HttpContext context) =>
        context.Request.Headers.ContainsKey("Forwarded")
        || context.Request.Headers.ContainsKey("X-Forwarded-For")
        || context.Request.Headers.ContainsKey("Via");
}
