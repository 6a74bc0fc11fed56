namespace Grpc.Core;

/// <summary>A running call with one request and many responses.</summary>
public sealed class AsyncServerStreamingCall<TResponse> : IDisposable
{
    private readonly CallState call;

    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseStream = responseStream;
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    public AsyncServerStreamingCall(
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseStream = responseStream;
        call = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>Where the responses are read from.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>The headers sent before the first response message.</summary>
    public Task<Metadata> ResponseHeadersAsync => call.ResponseHeaders;

    /// <summary>How the call ended; throws while it runs.</summary>
    public Status GetStatus() => call.Status;

    /// <summary>What was sent after the last message; throws while the call runs.</summary>
    public Metadata GetTrailers() => call.Trailers;

    /// <summary>Cancels a call that still runs and frees what it holds.</summary>
    public void Dispose() => call.Dispose();
}
