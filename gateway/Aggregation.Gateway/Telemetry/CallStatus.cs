using Grpc.Core;

namespace Aggregation.Gateway.Telemetry;

/// <summary>A gRPC status as OpenTelemetry's conventions for RPC (1.45.0) have it in spans and metrics; made once for each.</summary>
/// <param name="Code">Tag <c>rpc.response.status_code</c>: the status in capitals, such as <c>DEADLINE_EXCEEDED</c>.</param>
/// <param name="Error">Tag <c>error.type</c>: the same, where <paramref name="IsFault"/>.</param>
/// <param name="IsFault">The server's fault, or its host's; any other status but OK is an answer to the client.</param>
internal sealed record CallStatus(KeyValuePair<string, object?> Code, KeyValuePair<string, object?> Error, bool IsFault)
{
    private static readonly CallStatus[] All = [.. Names().Select(static (name, code) => new CallStatus(
        new("rpc.response.status_code", name), new("error.type", name), IsFaulty((StatusCode)code)))];

    public static CallStatus Of(StatusCode status) => All[(int)status];

    /// <summary>By their numbers, 0 to 16.</summary>
    private static string[] Names() =>
    [
        "OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED",
        "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
    ];

    private static bool IsFaulty(StatusCode status) => status is StatusCode.Unknown or StatusCode.DeadlineExceeded or StatusCode.Unimplemented
        or StatusCode.Internal or StatusCode.Unavailable or StatusCode.DataLoss;
}
