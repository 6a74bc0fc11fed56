using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Benchmarks.Echo;

/// <summary>Gives back what it gets, up to the size of a receipt.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    private const int ReceiptSize = 160;

    public override Task<EchoResponse> Call(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoResponse
    {
        Payload = request.Payload.Length <= ReceiptSize
            ? request.Payload
            : UnsafeByteOperations.UnsafeWrap(request.Payload.Memory[..ReceiptSize]),
    });
}
