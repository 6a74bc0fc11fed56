using System.Globalization;
using Aggregation.Polyfills.Grpc.Tests.Protos;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Status = Grpc.Core.Status;

namespace Aggregation.Polyfills.Grpc.Tests;

/// <summary>Answers as the proto says; metadata whose keys start with "echo-" come back as headers and trailers.</summary>
public sealed class EchoService(CallLog log) : Protos.EchoService.EchoServiceBase
{
    public override async Task<EchoResponse> Unary(EchoRequest request, ServerCallContext context)
    {
        var headers = new Metadata();
        foreach (var entry in context.RequestHeaders.Where(entry => entry.Key.StartsWith("echo-", StringComparison.Ordinal)))
        {
            headers.Add(entry);
            context.ResponseTrailers.Add(entry);
        }

        await context.WriteResponseHeadersAsync(headers);
        return new EchoResponse { Text = request.Text };
    }

    public override async Task ServerStream(
        EchoRequest request, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        for (var i = 0; i < request.Times; i++)
            await responseStream.WriteAsync(
                new EchoResponse { Text = request.Text + i.ToString(CultureInfo.InvariantCulture) }, context.CancellationToken);
    }

    public override async Task<EchoResponse> ClientStream(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
    {
        var texts = new List<string>();
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            texts.Add(request.Text);

        return new EchoResponse { Text = string.Concat(texts) };
    }

    public override async Task Bidirectional(
        IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoResponse> responseStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            await responseStream.WriteAsync(new EchoResponse { Text = request.Text }, context.CancellationToken);
    }

    public override Task<Empty> Fail(EchoRequest request, ServerCallContext context)
    {
        var violation = new BadRequest.Types.FieldViolation { Field = "text", Description = request.Text };
        var details = new Google.Rpc.Status
        {
            Code = request.Times,
            Message = request.Text,
            Details = { Any.Pack(new BadRequest { FieldViolations = { violation } }) },
        };
        var trailers = new Metadata { { "grpc-status-details-bin", details.ToByteArray() } };
        throw new RpcException(new Status((StatusCode)request.Times, request.Text), trailers);
    }

    public override async Task<EchoResponse> Wait(EchoRequest request, ServerCallContext context)
    {
        log.WaitStarted.TrySetResult();
        var cancelled = new TaskCompletionSource();
        await using var registration = context.CancellationToken.Register(cancelled.SetResult);
        await cancelled.Task;
        log.WaitCancelled.TrySetResult(context.Deadline);
        throw new RpcException(Status.DefaultCancelled);
    }
}
