using Aggregation.Gateway.Mapping;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Limits;

/// <summary>Refuses messages above their method's limit that gRPC has read, because another method of the service may have larger ones.</summary>
internal sealed class MessageSizeInterceptor(MessageLimits limits) : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        Require(request, context.Method);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        Require(request, context.Method);
        return continuation(request, responseStream, context);
    }

    private void Require(object request, string method)
    {
        if (limits.IsBelowRead(method) && request is IMessage message && message.CalculateSize() is var size
            && limits.Of(method) is var limit && size > limit.Bytes)
        {
            throw Faults.MessageTooLarge(limit, size);
        }
    }
}
