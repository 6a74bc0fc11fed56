using System.Diagnostics;
using System.Threading.Channels;

namespace Aggregation.Storage.Journal;

/// <summary>
/// One loop takes whatever is queued, has it written in one transaction, and tells the waiters when that is on disk. While the
/// disk works, the next group gathers. A waiter hears one of three things: what is on disk, why its own entry was refused, or that
/// the journal is unavailable; then the same request may be sent again, and its id tells whether the first one went in.
/// </summary>
internal sealed class GroupCommit : IAsyncDisposable
{
    private readonly IBatchWriter writer;
    private readonly int maxBatch;
    private readonly Channel<PendingWork> queue;
    private readonly List<PendingWork> batch;
    private readonly Task stopped;

    /// <param name="writer">The database, owned from now on.</param>
    /// <param name="maxBatch">Most works in one transaction.</param>
    /// <param name="queueCapacity">Most works that wait; a further one waits for its place.</param>
    public GroupCommit(IBatchWriter writer, int maxBatch, int queueCapacity)
    {
        this.writer = writer;
        this.maxBatch = maxBatch;
        batch = new List<PendingWork>(maxBatch);

        // A thread that only waits for the queue is woken by whoever writes to it, without a detour through the thread pool.
        // A loop on the pool must not be: it would run on the caller's thread.
        queue = Channel.CreateBounded<PendingWork>(new BoundedChannelOptions(queueCapacity)
        {
            SingleReader = true,
            AllowSynchronousContinuations = writer.Blocks,
        });
        stopped = writer.Blocks ? StartThread() : StartLoop();
    }

    /// <inheritdoc cref="IJournal.AppendAsync"/>
    public async Task<AppendOutcome> AppendAsync(NewEntry entry)
    {
        EntryRules.Require(entry);
        using var span = JournalTelemetry.StartAppend(writer.System, entry);
        var work = new PendingAppend(entry) { Waiting = span is { Recorded: true } ? span.Context : default };
        try
        {
            return await RunAsync(work);
        }
        catch (JournalUnavailableException)
        {
            span?.SetStatus(ActivityStatusCode.Error, "The journal is unavailable");
            throw;
        }
        finally
        {
            work.Commit?.Describe(span);
        }
    }

    /// <summary>Queues something for the next transaction; completes when it is on disk.</summary>
    /// <exception cref="ObjectDisposedException">The journal is closed.</exception>
    /// <exception cref="JournalUnavailableException">It was not done, or, but for appends, that is not known.</exception>
    public async Task<T> RunAsync<T>(PendingWork<T> work)
    {
        JournalTelemetry.Queued();
        try
        {
            await queue.Writer.WriteAsync(work);
            var answer = await work.Done;
            JournalTelemetry.Appended(work.QueuedAt);
            return answer;
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(IJournal));
        }
        finally
        {
            JournalTelemetry.Left();
        }
    }

    /// <summary>Writes what is queued, then stops and disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await stopped;
        await writer.DisposeAsync();
    }

    private Task StartThread()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Unsafe in name only: the opener's span and context must not become those of every transaction.
        new Thread(Run) { IsBackground = true, Name = "journal writer" }.UnsafeStart();
        return ended.Task;

        void Run()
        {
            // The thread has nothing else to do than to wait here; the writer's own calls have ended when they return.
            while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                WriteNext().AsTask().GetAwaiter().GetResult();
            }

            ended.SetResult();
        }
    }

    private Task StartLoop()
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(async () =>
            {
                while (await queue.Reader.WaitToReadAsync())
                {
                    await WriteNext();
                }
            });
        }
    }

    private async ValueTask WriteNext()
    {
        while (batch.Count < maxBatch && queue.Reader.TryRead(out var work))
        {
            batch.Add(work);
        }

        await Write(batch);
        batch.Clear();
    }

    private async ValueTask Write(List<PendingWork> works)
    {
        using var span = JournalTelemetry.StartCommit(writer.System, works.Count, works.Select(static work => work.Waiting));
        var began = JournalTelemetry.Begin();
        var unsettled = works;
        var sent = false;
        try
        {
            await writer.Open();
            sent = true;
            var syncing = await writer.Write(works);
            var commit = JournalTelemetry.Committed(writer.System, works.Count, works[0].QueuedAt, began, syncing, span);
            if (Settle(works, commit) is { } refused)
            {
                unsettled = refused;
                await writer.Explain(refused);
                refused.ForEach(static work => work.Tell());
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whatever it is, the waiters must hear of it and the next batch must have its chance.
            JournalTelemetry.Failed(span);
            await Recover(unsettled, sent, fault);
        }
    }

    /// <returns>Those that have no answer yet; null for none.</returns>
    private static List<PendingWork>? Settle(List<PendingWork> works, JournalTelemetry.Commit commit)
    {
        List<PendingWork>? refused = null;
        foreach (var work in works)
        {
            work.Commit = commit;
            if (work.IsAnswered)
            {
                work.Tell();
            }
            else
            {
                (refused ??= []).Add(work);
            }
        }

        return refused;
    }

    /// <summary>
    /// Starts afresh with another connection and reads what is on disk: a transaction that failed in its commit may be there all the
    /// same. What is not found was not done, and whoever waits may ask again.
    /// </summary>
    private async ValueTask Recover(List<PendingWork> works, bool sent, Exception fault)
    {
        works.ForEach(static work => work.Forget());
        await writer.Close();
        var isKnown = sent && await TryFind(works, fault);
        if (!sent)
        {
            writer.CannotOpen(works.Count, fault);
        }

        var missing = works.FindAll(static work => !work.IsAnswered);
        works.FindAll(static work => work.IsAnswered).ForEach(static work => work.Tell());
        if (isKnown && writer.IsAboutTheContent(fault))
        {
            await RefuseTheCulprit(missing, isAlone: works.Count == 1, fault);
            return;
        }

        var unavailable = Unavailability.OfWrites(fault);
        missing.ForEach(work => work.Fail(unavailable));
    }

    /// <returns>Whether the journal could be read, and so whether it is known of each what became of it.</returns>
    private async ValueTask<bool> TryFind(List<PendingWork> works, Exception fault)
    {
        try
        {
            await writer.Open();
            await writer.Find(works);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            await writer.Close();
            writer.OutcomeUnknown(works.Count(static work => !work.IsAnswered), new AggregateException(fault, second));
            return false;
        }

        writer.BatchFailed(works.Count, works.Count(static work => work.IsAnswered), fault);
        return true;
    }

    /// <summary>One work that the database objects to must not take the others with it: each gets a transaction of its own.</summary>
    private async ValueTask RefuseTheCulprit(List<PendingWork> missing, bool isAlone, Exception fault)
    {
        foreach (var work in missing)
        {
            if (isAlone)
            {
                work.Fail(new ArgumentException($"The database does not take the entry. {fault.Message}", fault));
            }
            else
            {
                await Write([work]);
            }
        }
    }
}
