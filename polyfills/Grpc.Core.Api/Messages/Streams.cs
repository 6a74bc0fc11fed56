namespace Grpc.Core;

/// <summary>Messages that arrive one after another.</summary>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last successful <see cref="MoveNext"/> arrived at.</summary>
    T Current { get; }

    /// <summary>Waits for the next message; false at the end of the stream. One caller at a time.</summary>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

/// <summary>Messages to send one after another.</summary>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>For the messages written from now on; null for the defaults.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes one message. The next write waits for this one's task: only one may be pending.</summary>
    Task WriteAsync(T message);

    /// <summary>Writes one message; cancelling ends the call, not only this write.</summary>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException($"{GetType().Name} cannot cancel a write")
        : WriteAsync(message);
}

/// <summary>A client's messages to a streaming call.</summary>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Says that no message follows.</summary>
    Task CompleteAsync();
}

/// <summary>A server's messages to a streaming call, which ends when the method returns.</summary>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}

/// <summary>Shorter ways to read.</summary>
public static class AsyncStreamReaderExtensions
{
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }
}
