using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Authentication;

/// <summary>Lets no call through without a valid key, but for health and reflection. A new service is closed unless named here.</summary>
internal sealed class AuthenticationInterceptor(Authenticator authenticator) : Interceptor
{
    private const string Health = "/grpc.health.v1.Health/";
    private const string Reflection = "/grpc.reflection.";

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        await Authenticate(context);
        return await continuation(request, context);
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await Authenticate(context);
        return await continuation(requestStream, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await Authenticate(context);
        await continuation(request, responseStream, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        await Authenticate(context);
        await continuation(requestStream, responseStream, context);
    }

    private static bool IsOpen(string method) =>
        method.StartsWith(Health, StringComparison.Ordinal) || method.StartsWith(Reflection, StringComparison.Ordinal);

    private ValueTask Authenticate(ServerCallContext context)
    {
        if (IsOpen(context.Method))
        {
            return ValueTask.CompletedTask;
        }

        var answer = authenticator.Authenticate(context.Authorization());
        if (!answer.IsCompletedSuccessfully)
        {
            return Keep(context, answer);
        }

        context.Keep(answer.GetAwaiter().GetResult());
        return ValueTask.CompletedTask;
    }

    private static async ValueTask Keep(ServerCallContext context, ValueTask<Credential> answer) => context.Keep(await answer);
}
