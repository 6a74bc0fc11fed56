using Aggregation.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Benchmarks.Echo;

/// <summary>Gives back what it gets, up to the size of a receipt.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    private const int ReceiptSize = 160;
    private static readonly string Hash = new('0', 64);
    private static readonly Timestamp At = new() { Seconds = 1_500_000_000 };

    public override Task<EchoResponse> Call(EchoRequest request, ServerCallContext context) => Task.FromResult(new EchoResponse
    {
        Payload = request.Payload.Length <= ReceiptSize
            ? request.Payload
            : UnsafeByteOperations.UnsafeWrap(request.Payload.Memory[..ReceiptSize]),
    });

    public override Task<Receipt> Answer(SubmitRequest request, ServerCallContext context) => Task.FromResult(new Receipt
    {
        Unit = request.Unit,
        Form = request.Form,
        Period = request.Period,
        RequestId = request.RequestId,
        Revision = request.Cells.Count,
        At = At,
        Hash = Hash,
    });
}
