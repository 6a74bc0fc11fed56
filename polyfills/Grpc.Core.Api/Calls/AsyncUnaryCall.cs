using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A running call with one request and one response.</summary>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly CallState call;

    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseAsync = responseAsync;
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseAsync = responseAsync;
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The response, or the <see cref="RpcException"/> the call ended with.</summary>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>The headers sent before the first response message.</summary>
    public Task<Metadata> ResponseHeadersAsync => call.ResponseHeaders;

    /// <summary>Lets the call be awaited for its response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>How the call ended; throws while it runs.</summary>
    public Status GetStatus() => call.Status;

    /// <summary>What was sent after the last message; throws while the call runs.</summary>
    public Metadata GetTrailers() => call.Trailers;

    /// <summary>Cancels a call that still runs and frees what it holds.</summary>
    public void Dispose() => call.Dispose();
}
