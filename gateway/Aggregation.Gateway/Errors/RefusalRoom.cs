using Aggregation.Gateway.Limits;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Errors;

/// <summary>How many bytes of metadata a refusal may take, as they are sent: <c>grpc-message</c> percent-encoded, details as base64.</summary>
internal sealed class RefusalRoom(IOptions<GatewayOptions> options)
{
    /// <summary>
    /// nginx at its defaults reads an answer's headers into 4 KiB, and answers 502 itself where they are larger. A quarter is left to the
    /// status line and to the other headers.
    /// </summary>
    private const int OfGrpcWeb = 3 << 10;

    private readonly int most = options.Value.MaxErrorDetailBytes;

    public int For(HttpContext call) => GrpcWebCalls.IsOne(call) ? Math.Min(most, OfGrpcWeb) : most;
}
