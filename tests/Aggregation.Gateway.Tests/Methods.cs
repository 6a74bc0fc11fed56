using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace Aggregation.Gateway.Tests;

/// <summary>Every method of every service of the product, from the descriptors, so that a new one is tested unasked.</summary>
internal static class Methods
{
    private static readonly Marshaller<byte[]> Bytes = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. typeof(V1.SubmissionReflection).Assembly.GetExportedTypes()
            .Select(static type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<FileDescriptor>().SelectMany(static file => file.Services).SelectMany(static service => service.Methods)
            .OrderBy(static method => method.FullName, StringComparer.Ordinal),
    ];

    public static MethodDescriptor Find(string fullName) => All.Single(method => method.FullName == fullName);

    /// <summary>Calls a method with one request and reads its first answer; null where there is none.</summary>
    public static async Task<byte[]?> FirstAsync(ChannelBase channel, MethodDescriptor method, byte[] request, CallOptions options) =>
        (await CallAsync(channel, method, request, options, most: 1)).FirstOrDefault();

    /// <summary>Calls a method with one request and reads its answers to the end; what it throws is what a client sees.</summary>
    public static async Task<List<byte[]>> CallAsync(
        ChannelBase channel, MethodDescriptor method, byte[] request, CallOptions options, int most = int.MaxValue)
    {
        var invoker = channel.CreateCallInvoker();
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (false, false) => MethodType.Unary,
            (true, false) => MethodType.ClientStreaming,
            (false, true) => MethodType.ServerStreaming,
            (true, true) => MethodType.DuplexStreaming,
        };
        var target = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, Bytes, Bytes);
        switch (type)
        {
            case MethodType.Unary:
                using (var call = invoker.AsyncUnaryCall(target, null, options, request))
                {
                    return [await call];
                }

            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(target, null, options, request))
                {
                    return await ReadAsync(call.ResponseStream, most);
                }

            case MethodType.DuplexStreaming:
                using (var call = invoker.AsyncDuplexStreamingCall(target, null, options))
                {
                    var reading = ReadAsync(call.ResponseStream, most);
                    try
                    {
                        await call.RequestStream.WriteAsync(request);
                        await call.RequestStream.CompleteAsync();
                    }
                    catch (Exception exception) when (exception is RpcException or InvalidOperationException)
                    {
                        // Refused before the request was taken; the status comes with the answer.
                    }

                    return await reading;
                }

            default:
                throw new NotSupportedException($"{method.FullName} streams from the client only.");
        }
    }

    private static async Task<List<byte[]>> ReadAsync(IAsyncStreamReader<byte[]> stream, int most)
    {
        var answers = new List<byte[]>();
        while (answers.Count < most && await stream.MoveNext(CancellationToken.None))
        {
            answers.Add(stream.Current);
        }

        return answers;
    }
}
