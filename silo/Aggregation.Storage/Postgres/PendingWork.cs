using System.Diagnostics;
using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Postgres;

/// <summary>Something queued for the next transaction.</summary>
internal abstract class PendingWork
{
    /// <summary>The span that waits for it, to which the commit links.</summary>
    public ActivityContext Waiting { get; init; }

    /// <summary>When it was asked for.</summary>
    public long QueuedAt { get; } = Stopwatch.GetTimestamp();

    /// <summary>The transaction that it went with, once that is on disk.</summary>
    public JournalTelemetry.Commit? Commit { get; set; }

    /// <summary>Tells the waiter that it was not done.</summary>
    public abstract void Fail(Exception fault);
}

/// <inheritdoc/>
internal sealed class PendingAppend(NewEntry entry) : PendingWork
{
    private readonly TaskCompletionSource<AppendOutcome> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public NewEntry Entry { get; } = entry;

    public Task<AppendOutcome> Done => done.Task;

    /// <summary>The transaction with the entry is on disk.</summary>
    public void Appended(long position) => done.SetResult(new AppendOutcome(AppendResult.Appended, Entry.Stored(position)));

    /// <summary>An earlier entry has the request id.</summary>
    public void HasRequest(StoredEntry earlier) => done.SetResult(AppendOutcome.OfRequest(Entry, earlier));

    /// <summary>The stream's last entry is not the one that this one would follow.</summary>
    public void VersionTaken(StoredEntry head) => done.SetResult(new AppendOutcome(AppendResult.VersionTaken, head));

    public void FollowsNothing() => done.SetException(EntryRules.FollowsNothing(Entry));

    public override void Fail(Exception fault) => done.SetException(fault);
}

/// <inheritdoc/>
internal sealed class PendingEpoch(LedgerName ledger) : PendingWork
{
    private readonly TaskCompletionSource<long> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Who holds it.</summary>
    public LedgerName Ledger { get; } = ledger;

    public Task<long> Done => done.Task;

    /// <summary>The transaction that took it is on disk.</summary>
    public void Taken(long epoch) => done.SetResult(epoch);

    public override void Fail(Exception fault) => done.SetException(fault);
}
