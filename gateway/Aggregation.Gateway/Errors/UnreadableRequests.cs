using System.Globalization;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Grpc.AspNetCore.Server;
using Grpc.Core;

namespace Aggregation.Gateway.Errors;

/// <summary>
/// A unary request that gRPC does not read fails before any interceptor: one that is no message of its type as UNKNOWN, one that is too
/// large as RESOURCE_EXHAUSTED without saying what the limit is. Both are the client's fault, and are answered as others are.
/// </summary>
internal sealed class UnreadableRequests(RequestDelegate next, MessageLimits limits, RefusalRoom room)
{
    private const string Status = "grpc-status";
    private const string Message = "grpc-message";

    private static readonly object ReadKey = new();
    private static readonly string Unknown = Text(StatusCode.Unknown);
    private static readonly string TooLarge = Text(StatusCode.ResourceExhausted);

    /// <summary>A call came as far as the interceptors: what it fails with is theirs.</summary>
    public static void WasRead(HttpContext context) => context.Items[ReadKey] = true;

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        var headers = context.Response.Headers;
        if (context.Response.HasStarted || context.Items.ContainsKey(ReadKey) || FailureOf(context, headers[Status]) is not { } failure)
        {
            return;
        }

        var error = RichStatus.Of(failure, room.For(context));
        headers[Status] = Text(error.StatusCode);

        // Of printable ASCII without '%', which is sent as it is: some clients decode no more than must be encoded.
        headers[Message] = error.Status.Detail;
        if (error.Trailers.GetValueBytes(RichStatus.Trailer) is { } details)
        {
            headers[RichStatus.Trailer] = Convert.ToBase64String(details);
        }
    }

    private Failure? FailureOf(HttpContext context, string? status) =>
        status == Unknown ? Failure.NotReadable
        : status == TooLarge && context.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName is { } method
            ? Failure.Of(Faults.MessageTooLarge(limits.Of(method)))
        : null;

    private static string Text(StatusCode status) => ((int)status).ToString(CultureInfo.InvariantCulture);
}
