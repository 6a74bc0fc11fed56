using Aggregation.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Cli.Connection;

/// <summary>Reads why a call failed.</summary>
internal static class Refusals
{
    private const string DetailsTrailer = "grpc-status-details-bin";

    /// <summary>The broken rules that the server attached; empty when it attached none.</summary>
    public static Refusal Of(RpcException fault)
    {
        if (fault.Trailers.GetValueBytes(DetailsTrailer) is not { } bytes)
        {
            return new Refusal();
        }

        try
        {
            foreach (var detail in Google.Rpc.Status.Parser.ParseFrom(bytes).Details)
            {
                if (detail.TryUnpack<Refusal>(out var refusal))
                {
                    return refusal;
                }
            }
        }
        catch (InvalidProtocolBufferException)
        {
            // Details are an addition: the status code and message still say what happened.
        }

        return new Refusal();
    }

    /// <summary>The connection failed over certificates: gRPC calls that internal, but nothing was sent to any server.</summary>
    public static bool IsUntrusted(RpcException fault) => fault.StatusCode == StatusCode.Internal
        && fault.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };

    /// <summary>What the process answers for a failed call.</summary>
    public static int ExitCodeOf(RpcException fault) => IsUntrusted(fault) ? ExitCode.Unavailable : ExitCodeOf(fault.StatusCode);

    /// <summary>What the process answers for a status.</summary>
    public static int ExitCodeOf(StatusCode status) => status switch
    {
        StatusCode.OK => ExitCode.Ok,
        StatusCode.Unavailable => ExitCode.Unavailable,
        StatusCode.Unauthenticated or StatusCode.PermissionDenied => ExitCode.NotAllowed,
        StatusCode.NotFound => ExitCode.NotFound,
        StatusCode.DeadlineExceeded => ExitCode.TimedOut,
        StatusCode.Cancelled => ExitCode.Cancelled,
        StatusCode.Internal or StatusCode.Unknown or StatusCode.DataLoss or StatusCode.Unimplemented => ExitCode.ServerFault,
        _ => ExitCode.Refused,
    };
}
