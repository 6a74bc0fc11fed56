using System.Diagnostics;
using System.Threading.Channels;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Sqlite;

/// <summary>
/// Group commit: one thread takes whatever is queued, applies it in one transaction, and tells the waiters when that is
/// on disk. While the disk works, the next group gathers. SQLite blocks, so the thread is its own and not the pool's.
/// </summary>
internal sealed class JournalWriter : IAsyncDisposable
{
    private readonly SqliteJournalOptions options;
    private readonly FreshPeriods fresh;
    private readonly Action<WriterConnection> commit;
    private readonly ILogger logger;
    private readonly Channel<PendingWork> queue;
    private readonly TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<PendingWork> batch;
    private WriterConnection? connection;

    /// <param name="options">Where to write and how much at once.</param>
    /// <param name="fresh">Told of what is written.</param>
    /// <param name="connection">An open connection, owned from now on.</param>
    /// <param name="commit">Ends a transaction.</param>
    /// <param name="logger">Told of failed transactions.</param>
    public JournalWriter(
        SqliteJournalOptions options, FreshPeriods fresh, WriterConnection connection, Action<WriterConnection> commit, ILogger logger)
    {
        this.options = options;
        this.fresh = fresh;
        this.connection = connection;
        this.commit = commit;
        this.logger = logger;
        batch = new List<PendingWork>(options.MaxBatch);

        // Continuations of the queue are this class's own and short: a waiting writer is woken without a detour
        // through the thread pool. Those of the waiters never run on the writer's thread.
        queue = Channel.CreateBounded<PendingWork>(new BoundedChannelOptions(options.QueueCapacity)
        {
            SingleReader = true,
            AllowSynchronousContinuations = true,
        });

        // Unsafe in name only: the opener's span and context must not become those of every transaction.
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.UnsafeStart();
    }

    /// <summary>Waits for a place in the queue.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    public async ValueTask Enqueue(PendingWork work)
    {
        try
        {
            await queue.Writer.WriteAsync(work);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteJournal));
        }
    }

    /// <summary>Writes what is queued, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopped.Task;
        connection?.Dispose();
    }

    private void Run()
    {
        // The thread has nothing else to do than to wait here.
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (batch.Count < options.MaxBatch && queue.Reader.TryRead(out var work))
            {
                batch.Add(work);
            }

            WriteBatch();
            batch.Clear();
        }

        stopped.SetResult();
    }

    private void WriteBatch()
    {
        using var span = JournalTelemetry.StartCommit(JournalTelemetry.Sqlite, batch.Count, batch.Select(static work => work.Waiting));
        var began = JournalTelemetry.Begin();
        long syncing;
        try
        {
            connection ??= WriterConnection.Open(options, fresh);
            connection.Begin();
            foreach (var work in batch)
            {
                work.Apply(connection);
            }

            syncing = Stopwatch.GetTimestamp();
            commit(connection);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever it is, the waiters must hear of it and the next batch must have its chance.
            JournalTelemetry.Failed(span);
            Recover(fault);
            return;
        }

        var committed = JournalTelemetry.Committed(JournalTelemetry.Sqlite, batch.Count, batch[0].QueuedAt, began, syncing, span);
        foreach (var work in batch)
        {
            work.Commit = committed;
            work.Complete();
        }
    }

    /// <summary>
    /// Starts afresh with another connection, which drops what the failed one had begun, and reads what is on disk:
    /// a transaction whose commit failed may be there all the same.
    /// </summary>
    private void Recover(Exception fault)
    {
        connection?.Dispose();
        connection = null;
        var unavailable = Unavailability.OfWrites(fault);
        var settled = 0;
        try
        {
            connection = WriterConnection.Open(options, fresh);
            var found = 0;
            for (; settled < batch.Count; settled++)
            {
                if (batch[settled].CompleteIfFound(connection))
                {
                    found++;
                }
                else
                {
                    batch[settled].Fail(unavailable);
                }
            }

            JournalLog.BatchFailed(logger, batch.Count, found, options.Path, fault);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            connection?.Dispose();
            connection = null;
            JournalLog.OutcomeUnknown(logger, batch.Count - settled, options.Path, new AggregateException(fault, second));
            for (; settled < batch.Count; settled++)
            {
                batch[settled].Fail(unavailable);
            }
        }
    }
}
