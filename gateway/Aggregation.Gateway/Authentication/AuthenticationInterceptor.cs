using Aggregation.Gateway.Authorization;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Authentication;

/// <summary>
/// Lets no call through without a valid credential that carries a role which the RPC declares; an RPC that declares nothing is
/// closed, one that declares <see cref="Roles.None"/> is open.
/// </summary>
internal sealed class AuthenticationInterceptor(Authenticator authenticator) : Interceptor
{
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

    private ValueTask Authenticate(ServerCallContext context)
    {
        var required = context.Required();
        if (required == Roles.None)
        {
            return ValueTask.CompletedTask;
        }

        var answer = authenticator.Authenticate(context.Authorization(), context.Address());
        if (!answer.IsCompletedSuccessfully)
        {
            return Keep(context, required, answer);
        }

        Keep(context, required, answer.GetAwaiter().GetResult());
        return ValueTask.CompletedTask;
    }

    private static async ValueTask Keep(ServerCallContext context, Roles? required, ValueTask<Credential> answer) =>
        Keep(context, required, await answer);

    private static void Keep(ServerCallContext context, Roles? required, Credential credential)
    {
        context.Keep(credential);
        Permissions.Require(context, required, context.Caller());
    }
}
