using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Epochs;

/// <summary>
/// One activation as the silo's own services see it. The activation tells it of its changes from its own turns; the check
/// reads it from outside and posts what it found as a turn.
/// </summary>
/// <param name="opened">What the activation holds on opening.</param>
/// <param name="turns">The activation's own scheduler, on which its code runs one turn at a time.</param>
/// <param name="superseded">What the activation does, in a turn, when the journal knows of a later head.</param>
/// <param name="follow">What the activation does, in a turn, when the tenant has a new structure.</param>
/// <param name="pushed">Completes, begun in a turn, when every parent holds what the activation holds; tells whether one lacked anything.</param>
internal sealed class HeldLedger(
    LedgerHead opened, TaskScheduler turns, Action<LedgerHead> superseded, Action follow, Func<CancellationToken, Task<bool>> pushed)
{
    private long _version = opened.Version;
    private long _changes;
    private long _known;

    public LedgerHead Head => opened with { Version = Volatile.Read(ref _version) };

    public long Changes => Volatile.Read(ref _changes);

    /// <summary>
    /// Whether it took in anything since it was last known to be the only one. A later activation may have read the journal
    /// before that and not hold it.
    /// </summary>
    public bool HasNews => Changes != Volatile.Read(ref _known);

    /// <summary>
    /// Whether an activation was superseded by its epoch. One without children has none, 0; the journal may still know an epoch of
    /// the time when the unit had children, which says nothing about it.
    /// </summary>
    public static bool HasLaterEpoch(LedgerHead later, LedgerHead held) => held.Epoch > 0 && later.Epoch > held.Epoch;

    /// <summary>Called by the activation for each change.</summary>
    /// <param name="version">The last version of its stream.</param>
    public void Changed(long version)
    {
        Volatile.Write(ref _version, version);
        Interlocked.Increment(ref _changes);
    }

    /// <summary>No later epoch had been taken when this many changes had been made: a later one reads them in the journal.</summary>
    public void KnownAlone(long changes) => Volatile.Write(ref _known, changes);

    /// <summary>Tells the activation to look at the structure; whether it still can is its own affair.</summary>
    public void Follow() => _ = Task.Factory.StartNew(follow, CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns);

    public Task SupersedeAsync(LedgerHead later) => Task.Factory.StartNew(
        () => superseded(later), CancellationToken.None, TaskCreationOptions.DenyChildAttach, turns);

    /// <returns>Whether a parent lacked anything.</returns>
    public Task<bool> PushedAsync(CancellationToken cancellation) => Task.Factory.StartNew(
        () => pushed(cancellation), cancellation, TaskCreationOptions.DenyChildAttach, turns).Unwrap().WaitAsync(cancellation);
}
