using System.Collections.Concurrent;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Sqlite;

/// <summary>Connections that read side by side; a reader waits for a free one.</summary>
internal sealed class ReaderPool(SqliteJournalOptions options, ILogger logger) : IAsyncDisposable
{
    private readonly SemaphoreSlim free = new(options.ReadConnections);
    private readonly ConcurrentBag<ReaderConnection> idle = [];

    /// <summary>
    /// Reads on the caller's thread: pages are in memory as a rule and a look-up takes microseconds. A connection that
    /// failed is closed, and the next reader opens another.
    /// </summary>
    public async Task<T> Read<T>(Func<ReaderConnection, T> read, CancellationToken cancellation)
    {
        await free.WaitAsync(cancellation);
        ReaderConnection? connection = null;
        try
        {
            if (!idle.TryTake(out connection))
            {
                connection = new ReaderConnection(options);
            }

            var answer = read(connection);
            idle.Add(connection);
            connection = null;
            return answer;
        }
        catch (SqliteFault fault)
        {
            JournalLog.CannotRead(logger, options.Path, fault);
            throw Unavailability.OfReads(fault);
        }
        finally
        {
            connection?.Dispose();
            free.Release();
        }
    }

    /// <summary>Waits for the readers at work, then closes every connection.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var reader = 0; reader < options.ReadConnections; reader++)
        {
            await free.WaitAsync();
        }

        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }

        free.Dispose();
    }
}
