using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Texts;

/// <summary>
/// Refuses requests whose texts are not what they must be, once it is known that the caller may ask at all. The messages of a stream are
/// answered one by one, and so are asked for where they are.
/// </summary>
internal sealed class TextInterceptor : Interceptor
{
    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        RequestTexts.Require((IMessage)request);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        RequestTexts.Require((IMessage)request);
        return continuation(request, responseStream, context);
    }
}
