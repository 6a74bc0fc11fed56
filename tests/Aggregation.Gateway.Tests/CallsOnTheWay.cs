using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace Aggregation.Gateway.Tests;

/// <summary>What becomes of single calls between a client and the server: a test may lose a request or its answer, or have something happen first.</summary>
internal sealed class CallsOnTheWay : Interceptor
{
    private readonly ConcurrentDictionary<(string Key, string Method), Func<Func<Task>, Task>> next = new();

    /// <summary>The request of the next call never arrives.</summary>
    public void LoseRequest(string key, string method) => Around(key, method, _ => throw Lost());

    /// <summary>The next call is served, and its answer never arrives.</summary>
    public void LoseAnswer(string key, string method) => Around(key, method, async serve =>
    {
        await serve();
        throw Lost();
    });

    /// <summary>What to do with the next call of a key, which serves it by calling what it is given.</summary>
    public void Around(string key, string method, Func<Func<Task>, Task> with) => next[($"Bearer {key}", method)] = with;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        TResponse? answer = null;
        await PassAsync(context, async () => answer = await continuation(request, context));
        return answer!;
    }

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        PassAsync(context, () => continuation(requestStream, responseStream, context));

    private Task PassAsync(ServerCallContext context, Func<Task> serve)
    {
        var method = context.Method[(context.Method.LastIndexOf('/') + 1)..];
        return next.TryRemove((context.RequestHeaders.GetValue("authorization") ?? "", method), out var with) ? with(serve) : serve();
    }

    /// <summary>As a client's library tells of a connection that broke.</summary>
    private static RpcException Lost() => new(new Status(StatusCode.Unavailable, "lost on the way"));
}
