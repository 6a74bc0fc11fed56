using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace Aggregation.Fuzz.Runs;

/// <summary>Calls any method with bytes for a request, whatever they are.</summary>
internal static class Wire
{
    /// <summary>Enough of a stream of answers to see that it runs.</summary>
    private const int MostAnswers = 3;

    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    public static async Task<(StatusCode Status, string Detail)> CallAsync(
        GrpcChannel channel, MethodDescriptor method, byte[] request, Metadata headers, TimeSpan longest)
    {
        // A watch answers when something changes; that it is open is all there is to see.
        var deadline = method.Name.StartsWith("Watch", StringComparison.Ordinal) ? TimeSpan.FromSeconds(1) : longest;
        var options = new CallOptions(headers, TimeProvider.System.GetUtcNow().Add(deadline).UtcDateTime);
        var invoker = channel.CreateCallInvoker();
        try
        {
            switch (method.IsClientStreaming, method.IsServerStreaming)
            {
                case (false, false):
                    using (var call = invoker.AsyncUnaryCall(Of(method, MethodType.Unary), null, options, request))
                    {
                        await call;
                        return (StatusCode.OK, "");
                    }

                case (false, true):
                    using (var call = invoker.AsyncServerStreamingCall(Of(method, MethodType.ServerStreaming), null, options, request))
                    {
                        return await ReadAsync(call.ResponseStream);
                    }

                case (true, true):
                    using (var call = invoker.AsyncDuplexStreamingCall(Of(method, MethodType.DuplexStreaming), null, options))
                    {
                        await WriteAsync(call.RequestStream, request);
                        return await ReadAsync(call.ResponseStream);
                    }

                default:
                    using (var call = invoker.AsyncClientStreamingCall(Of(method, MethodType.ClientStreaming), null, options))
                    {
                        await WriteAsync(call.RequestStream, request);
                        await call.ResponseAsync;
                        return (StatusCode.OK, "");
                    }
            }
        }
        catch (RpcException exception)
        {
            return (exception.StatusCode, exception.Status.Detail);
        }
    }

    private static Method<byte[], byte[]> Of(MethodDescriptor method, MethodType type) =>
        new(type, method.Service.FullName, method.Name, Bytes, Bytes);

    private static async Task WriteAsync(IClientStreamWriter<byte[]> stream, byte[] request)
    {
        try
        {
            await stream.WriteAsync(request);
            await stream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // Refused before the request was taken; the status comes with the answer.
        }
    }

    private static async Task<(StatusCode Status, string Detail)> ReadAsync(IAsyncStreamReader<byte[]> stream)
    {
        for (var i = 0; i < MostAnswers; i++)
        {
            if (!await stream.MoveNext(CancellationToken.None))
            {
                break;
            }
        }

        return (StatusCode.OK, "");
    }
}
