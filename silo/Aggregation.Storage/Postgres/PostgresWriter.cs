using System.Threading.Channels;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Logging;

namespace Aggregation.Storage.Postgres;

/// <summary>
/// Group commit: one loop takes whatever is queued, writes it in one transaction, and tells the waiters when that is on
/// disk. While the server works, the next group gathers.
/// </summary>
internal sealed class PostgresWriter : IAsyncDisposable
{
    private readonly PostgresJournalOptions options;
    private readonly PostgresConnections connections;
    private readonly ILogger logger;
    private readonly Channel<PendingWork> queue;
    private readonly List<PendingAppend> appends = [];
    private readonly List<PendingEpoch> epochs = [];
    private readonly Task stopped;
    private WriterSession? session;
    private SessionIdentity? previous;

    /// <param name="options">How much at once.</param>
    /// <param name="connections">Where to write.</param>
    /// <param name="session">An open session, owned from now on.</param>
    /// <param name="logger">Told of failed transactions.</param>
    public PostgresWriter(PostgresJournalOptions options, PostgresConnections connections, WriterSession session, ILogger logger)
    {
        this.options = options;
        this.connections = connections;
        this.session = session;
        this.logger = logger;
        queue = Channel.CreateBounded<PendingWork>(new BoundedChannelOptions(options.QueueCapacity) { SingleReader = true });

        // The opener's span and context must not become those of every transaction.
        using (ExecutionContext.SuppressFlow())
        {
            stopped = Task.Run(Run);
        }
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
            throw new ObjectDisposedException(nameof(PostgresJournal));
        }
    }

    /// <summary>Writes what is queued, gives the lease back, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopped;
        if (session is not null)
        {
            await session.ReturnLease();
        }

        await CloseSession();
    }

    private async Task Run()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            while (appends.Count + epochs.Count < options.MaxBatch && queue.Reader.TryRead(out var work))
            {
                switch (work)
                {
                    case PendingAppend append: appends.Add(append); break;
                    case PendingEpoch epoch: epochs.Add(epoch); break;
                }
            }

            await WriteBatch(appends, epochs);
            appends.Clear();
            epochs.Clear();
        }
    }

    private async Task WriteBatch(List<PendingAppend> batch, List<PendingEpoch> taken)
    {
        var size = batch.Count + taken.Count;
        using var span = JournalTelemetry.StartCommit(JournalTelemetry.Postgres, size, batch.Select(static work => work.Waiting));
        var began = JournalTelemetry.Begin();
        var unsettled = batch;
        var sent = false;
        try
        {
            session ??= await WriterSession.Open(connections, previous, lease: !options.AllowSecondHost, CancellationToken.None);
            sent = true;
            var outcome = await session.Write(batch, taken);
            var queuedAt = batch.Count > 0 ? batch[0].QueuedAt : taken[0].QueuedAt;
            var committed = JournalTelemetry.Committed(JournalTelemetry.Postgres, size, queuedAt, began, syncing: null, span);
            batch.ForEach(append => append.Commit = committed);
            unsettled = Complete(batch, taken, outcome);
            if (unsettled.Count > 0)
            {
                await session.Refuse(unsettled);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever it is, the waiters must hear of it and the next batch must have its chance.
            JournalTelemetry.Failed(span);
            await Recover(unsettled, [.. taken.Where(epoch => !epoch.Done.IsCompleted)], sent, fault);
        }
    }

    private static List<PendingAppend> Complete(List<PendingAppend> batch, List<PendingEpoch> taken, BatchOutcome outcome)
    {
        var refused = new List<PendingAppend>();
        foreach (var append in batch)
        {
            if (outcome.Positions.TryGetValue(append, out var position))
            {
                append.Appended(position);
            }
            else
            {
                refused.Add(append);
            }
        }

        for (var i = 0; i < taken.Count; i++)
        {
            taken[i].Taken(outcome.EpochBefore + 1 + i);
        }

        return refused;
    }

    /// <summary>
    /// Starts afresh with another session, once the server has ended the failed one, and reads what is on disk: a
    /// transaction that failed in its commit may be there all the same.
    /// </summary>
    private async Task Recover(List<PendingAppend> unsettled, List<PendingEpoch> taken, bool sent, Exception fault)
    {
        await CloseSession();
        var missing = unsettled;
        if (sent)
        {
            try
            {
                session = await WriterSession.Open(connections, previous, lease: !options.AllowSecondHost, CancellationToken.None);
                missing = await session.Settle(unsettled);
                PostgresLog.BatchFailed(logger, unsettled.Count, unsettled.Count - missing.Count, connections.Name, fault);
            }
            catch (Exception second) when (second is not OutOfMemoryException)
            {
                await CloseSession();
                missing = [.. unsettled.Where(append => !append.Done.IsCompleted)];
                PostgresLog.OutcomeUnknown(logger, missing.Count, connections.Name, new AggregateException(fault, second));
            }
        }
        else
        {
            PostgresLog.CannotConnect(logger, connections.Name, fault);
        }

        if (PostgresFaults.IsAboutTheContent(fault) && session is not null)
        {
            await RefuseTheCulprit(missing, taken, fault);
            return;
        }

        var unavailable = Unavailability.OfWrites(fault);
        missing.ForEach(append => append.Fail(unavailable));
        taken.ForEach(epoch => epoch.Fail(unavailable));
    }

    /// <summary>One entry that the database objects to must not take the others with it: each gets a transaction of its own.</summary>
    private async Task RefuseTheCulprit(List<PendingAppend> batch, List<PendingEpoch> taken, Exception fault)
    {
        if (batch.Count == 1 && taken.Count == 0)
        {
            batch[0].Fail(new ArgumentException($"The database does not take the entry. {fault.Message}", fault));
            return;
        }

        foreach (var append in batch)
        {
            await WriteBatch([append], []);
        }

        if (taken.Count > 0)
        {
            await WriteBatch([], taken);
        }
    }

    private async Task CloseSession()
    {
        if (session is not null)
        {
            previous = session.Identity;
            await session.DisposeAsync();
            session = null;
        }
    }
}
