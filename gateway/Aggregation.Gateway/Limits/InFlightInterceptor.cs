using System.Runtime.CompilerServices;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Limits;

/// <summary>Refuses a call when its connection has too many in flight already, so that one client cannot take all memory.</summary>
internal sealed class InFlightInterceptor(IOptions<GatewayOptions> options) : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(100);

    /// <summary>Keyed by the connection itself, so that a count goes when its connection goes.</summary>
    private readonly ConditionalWeakTable<object, Count> connections = [];
    private readonly int most = options.Value.MaxInFlightPerConnection;

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using (Enter(context))
        {
            return await continuation(request, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (Enter(context))
        {
            return await continuation(requestStream, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (Enter(context))
        {
            await continuation(request, responseStream, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using (Enter(context))
        {
            await continuation(requestStream, responseStream, context);
        }
    }

    private Slot Enter(ServerCallContext context)
    {
        var connection = context.GetHttpContext().Features.Get<IConnectionItemsFeature>()
            ?? throw new InvalidOperationException("The server gives no connection to count calls by.");
        var count = connections.GetValue(connection, static _ => new Count());
        if (Interlocked.Increment(ref count.InFlight) <= most)
        {
            return new Slot(count);
        }

        Interlocked.Decrement(ref count.InFlight);
        throw new QuotaExceededException(
            $"The connection has {most} calls in flight, which is the limit; wait for some to end or open another.", RetryAfter);
    }

    private sealed class Count
    {
        public int InFlight;
    }

    private readonly struct Slot(Count count) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref count.InFlight);
    }
}
