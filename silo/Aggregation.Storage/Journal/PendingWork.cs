using System.Diagnostics;

namespace Aggregation.Storage.Journal;

/// <summary>
/// Something queued for the next transaction. Its answer may be known before the transaction is on disk, and is told only then:
/// who waits must never hear of what a crash can take back.
/// </summary>
internal abstract class PendingWork
{
    /// <summary>The span that waits for it, to which the commit links.</summary>
    public ActivityContext Waiting { get; init; }

    /// <summary>When it was asked for.</summary>
    public long QueuedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The transaction that it went with, once that is on disk.</summary>
    public JournalTelemetry.Commit? Commit { get; set; }

    /// <summary>Whether there is something to tell.</summary>
    public bool IsAnswered { get; protected set; }

    /// <summary>Drops the answer: the transaction that it came from failed.</summary>
    public void Forget() => IsAnswered = false;

    /// <summary>Tells the waiter the answer.</summary>
    public abstract void Tell();

    /// <summary>Tells the waiter that it was not done.</summary>
    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
/// <typeparam name="T">What the waiter hears.</typeparam>
internal abstract class PendingWork<T> : PendingWork
{
    // Those who wait never run on the writer's thread.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? answer;
    private ArgumentException? refusal;

    public Task<T> Done => done.Task;

    public void Answer(T with)
    {
        answer = with;
        refusal = null;
        IsAnswered = true;
    }

    /// <summary>The answer is that this work, and no other of its transaction, was wrong to ask for.</summary>
    public void Refuse(ArgumentException because)
    {
        refusal = because;
        IsAnswered = true;
    }

    public override void Tell()
    {
        if (refusal is null)
        {
            done.SetResult(answer!);
        }
        else
        {
            done.SetException(refusal);
        }
    }

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <inheritdoc/>
internal sealed class PendingAppend(NewEntry entry) : PendingWork<AppendOutcome>
{
    public NewEntry Entry { get; } = entry;
}
