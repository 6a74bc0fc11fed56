using System.Diagnostics;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Sqlite;

/// <summary>Something queued for the next transaction. Applied on the writer's thread, completed when the transaction is on disk.</summary>
internal abstract class PendingWork
{
    /// <summary>The span that waits for it, to which the commit links.</summary>
    public ActivityContext Waiting { get; init; }

    /// <summary>When it was asked for.</summary>
    public long QueuedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The transaction that it went with, once that is on disk.</summary>
    public JournalTelemetry.Commit? Commit { get; set; }

    public abstract void Apply(WriterConnection connection);

    /// <summary>The transaction is on disk.</summary>
    public abstract void Complete();

    /// <summary>The transaction failed; looks up whether this work is on disk nevertheless.</summary>
    /// <returns>Whether it is, and its waiter was told so.</returns>
    public abstract bool CompleteIfFound(WriterConnection connection);

    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class PendingAppend(NewEntry entry) : PendingWork
{
    private readonly TaskCompletionSource<AppendOutcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AppendOutcome outcome;
    private ArgumentException? refused;

    public Task<AppendOutcome> Done => done.Task;

    public override void Apply(WriterConnection connection)
    {
        try
        {
            outcome = connection.Append(entry);
        }
        catch (ArgumentException fault)
        {
            refused = fault;
        }
    }

    public override void Complete()
    {
        if (refused is not null)
        {
            done.SetException(refused);
        }
        else
        {
            done.SetResult(outcome);
        }
    }

    public override bool CompleteIfFound(WriterConnection connection)
    {
        if (connection.Find(entry) is { } found)
        {
            done.SetResult(new AppendOutcome(AppendResult.Appended, found));
            return true;
        }

        if (connection.FindRequest(entry) is { } earlier)
        {
            done.SetResult(AppendOutcome.OfRequest(entry, earlier));
            return true;
        }

        return false;
    }

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <inheritdoc/>
internal sealed class PendingEpoch(LedgerName ledger) : PendingWork
{
    private readonly TaskCompletionSource<long> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long epoch;

    public Task<long> Done => done.Task;

    public override void Apply(WriterConnection connection) => epoch = connection.TakeEpoch(ledger);

    public override void Complete() => done.SetResult(epoch);

    public override bool CompleteIfFound(WriterConnection connection) => false;

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <inheritdoc/>
internal sealed class PendingRepair(LedgerName ledger, string stream, LatestRow? row) : PendingWork
{
    private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool repaired;

    public Task<bool> Done => done.Task;

    public override void Apply(WriterConnection connection) => repaired = connection.RepairLatest(ledger, stream, row);

    public override void Complete() => done.SetResult(repaired);

    public override bool CompleteIfFound(WriterConnection connection) => false;

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <inheritdoc/>
/// <remarks>Of a kind that may be done twice: after a transaction that failed, whoever asked for it asks again.</remarks>
internal sealed class PendingChange<T>(Func<WriterConnection, T> change) : PendingWork
{
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? result;

    public Task<T> Done => done.Task;

    public override void Apply(WriterConnection connection) => result = change(connection);

    public override void Complete() => done.SetResult(result!);

    public override bool CompleteIfFound(WriterConnection connection) => false;

    public override void Fail(Exception fault) => done.SetException(fault);
}
