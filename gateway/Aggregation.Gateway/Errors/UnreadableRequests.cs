using System.Globalization;
using Grpc.Core;

namespace Aggregation.Gateway.Errors;

/// <summary>
/// A unary request that is no message of its type fails before any interceptor, as UNKNOWN. It is the client's fault, and is
/// answered as one. Nothing else is UNKNOWN: what a call throws, the outermost interceptor has given a status.
/// </summary>
internal sealed class UnreadableRequests(RequestDelegate next)
{
    private const string Status = "grpc-status";
    private const string Message = "grpc-message";

    private static readonly string Unknown = ((int)StatusCode.Unknown).ToString(CultureInfo.InvariantCulture);
    private static readonly string Invalid = ((int)StatusCode.InvalidArgument).ToString(CultureInfo.InvariantCulture);

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var headers = context.Response.Headers;
        if (!context.Response.HasStarted && headers[Status] == Unknown)
        {
            headers[Status] = Invalid;
            headers[Message] = "The request is not a message of its type.";
        }
    }
}
