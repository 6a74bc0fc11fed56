using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines<T> : ILogger<T>
{
    private readonly ConcurrentQueue<(string Text, Exception? Fault)> lines = new();

    public IEnumerable<(string Text, Exception? Fault)> Lines => lines;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Enqueue((formatter(state, exception), exception));
}
