using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Epochs;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>How a ledger comes into memory, and when it leaves.</content>
internal sealed partial class LedgerGrain
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PingTurn = TimeSpan.FromMilliseconds(500);

    /// <summary>Turns that a ledger is given to answer itself.</summary>
    private const int PingPatience = 6;

    private LedgerKey _key;
    private OpenLedger? _ledger;
    private RefusedException? _refusal;

    /// <summary>Where and when the unit was looked for, if it was not there.</summary>
    private (AdministrativeStructure Structure, DateOnly Day)? _absent;
    private HeldLedger? _held;
    private bool _isSuperseded;
    private bool _hasNews;
    private bool _isDiscarded;
    private bool _ends;
    private int _uses;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = LedgerKey.Parse(this.GetPrimaryKeyString());
        try
        {
            var frame = LedgerFrame.Read(_key, forms);
            _ledger = await opener.OpenAsync(frame, this, cancellationToken);
            Hold(_ledger);
            if (_ledger.IsWorthASnapshot)
            {
                this.RegisterGrainTimer(WriteSnapshotsAsync, new GrainTimerCreationOptions
                {
                    DueTime = work.Options.SnapshotInterval,
                    Period = work.Options.SnapshotInterval,
                    Interleave = true,
                });
            }
        }
        catch (RefusedException refusal)
        {
            _refusal = refusal;
        }
        catch (JournalUnavailableException exception)
        {
            LedgerLog.OpenFailed(work.Logger, exception, _key.ToString());
            _refusal = Refuse.Unavailable(exception.Message);
        }
        catch (JournalDamagedException exception)
        {
            LedgerLog.Damaged(work.Logger, exception, _key.ToString());
            _refusal = new RefusedException(RefusalKind.FailedPrecondition, exception.Message);
        }
    }

    /// <summary>The snapshot written here is a convenience: whether it succeeds or not, nothing is lost.</summary>
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _ends = true;
        if (_ledger is { } ledger)
        {
            held.Remove(_held!);
            ledger.Dispose();
            var isEnd = reason.ReasonCode == DeactivationReasonCode.ShuttingDown;
            if ((ledger.IsOwing || _hasNews || _isDiscarded) && !isEnd)
            {
                // What was acknowledged must reach the parent, and the activation that has taken over, although nobody may
                // call this ledger again.
                _ = WakeAsync();
            }

            if (ledger.IsWorthASnapshot && !_isDiscarded && (!isEnd || snapshots.OutliveTheSilo))
            {
                await WriteSnapshotsAsync(cancellationToken);
            }
        }
    }

    private async Task WriteSnapshotsAsync(CancellationToken cancellation)
    {
        try
        {
            await _ledger!.WriteSnapshotsAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The write may have happened all the same: what this activation believes to be stored is in doubt.
            LedgerLog.SnapshotFailed(work.Logger, exception, this.GetPrimaryKeyString());
            End();
        }
    }

    private async Task DropSnapshotsAsync(OpenLedger ledger)
    {
        try
        {
            await ledger.DropSnapshotsAsync();
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A snapshot that stays is still measured against the journal's digests before anything is taken from it.
            LedgerLog.SnapshotFailed(work.Logger, exception, this.GetPrimaryKeyString());
        }
    }

    /// <summary>
    /// A leaf needs no memory once its parents hold it. It stays while a call is under way: calls that come meanwhile would
    /// have to wait for that one's end.
    /// </summary>
    public void Settle()
    {
        if (work.Options.ReleaseLeaves && _uses == 0 && _ledger is { IsLeaf: true, IsSettled: true })
        {
            End();
        }
    }

    /// <summary>
    /// Ends this activation once it is idle. The silo's own services may ask for that in a turn that comes when it has ended already, and
    /// Orleans refuses it then.
    /// </summary>
    private void End()
    {
        if (!_ends)
        {
            DeactivateOnIdle();
        }
    }

    /// <summary>Gives this activation up. Whoever waits in it for a push is told at once, and does not hold up the end.</summary>
    public void Leave()
    {
        _ledger?.Dispose();
        End();
    }

    public void Miss(AdministrativeStructure structure, DateOnly day) => _absent = (structure, day);

    public Task Ping() => Task.CompletedTask;

    /// <summary>
    /// Waits for something above this ledger, unless Orleans is to end the activation: it tells an activation so only when no call is in progress in
    /// it, and serves no other call until then. What is above may be opening, and wait for just that: each would wait for the other.
    /// </summary>
    /// <exception cref="RefusedException">The activation is to end.</exception>
    private async Task<T> UnlessEndingAsync<T>(Task<T> awaited)
    {
        while (true)
        {
            await Task.WhenAny(awaited, Task.Delay(PingInterval, work.Clock));
            var ping = awaited.IsCompleted ? Task.CompletedTask : GrainFactory.GetGrain<IRollupGrain>(this.GetPrimaryKeyString()).Ping();

            // Counted in turns of this activation: where the machine stalls, neither these nor the one for the ping come.
            for (var turns = 0; !ping.IsCompleted && !awaited.IsCompleted; turns++)
            {
                if (turns == PingPatience)
                {
                    throw Refuse.Unavailable("The ledger is leaving memory; ask again.");
                }

                await Task.WhenAny(ping, awaited, Task.Delay(PingTurn, work.Clock));
            }

            if (awaited.IsCompleted)
            {
                return await awaited;
            }

            await ping;
        }
    }

    /// <summary>From here on the check of epochs looks after this activation.</summary>
    private void Hold(OpenLedger ledger)
    {
        var activation = new HeldLedger(ledger.Head, TaskScheduler.Current, Superseded, () => ledger.FollowOrLeave(), ledger.PushedAsync);
        ledger.Changed = () => activation.Changed(ledger.Own.Version);
        _held = activation;
        held.Add(activation);
    }

    /// <summary>The journal knows of a later activation of this ledger, or of an entry that another one wrote.</summary>
    private void Superseded(LedgerHead later)
    {
        var head = _ledger!.Head;
        var hasLaterEpoch = HeldLedger.HasLaterEpoch(later, head);
        var isNewer = hasLaterEpoch || (later.Version > head.Version && !_ledger.Own.IsAppending);
        if (isNewer && !_isSuperseded)
        {
            LedgerLog.TakenOver(work.Logger, _key.ToString(), head.Epoch, head.Version, later.Epoch, later.Version);
            work.Telemetry.Superseded();

            // A later activation may have read the journal before this one took its last changes in, and then nobody would
            // tell it of them: the next one here reads them, and supersedes it.
            _hasNews = hasLaterEpoch && _held!.HasNews;
            _isSuperseded = true;
            Leave();
        }
    }

    private async Task WakeAsync()
    {
        try
        {
            await GrainFactory.GetGrain<IRollupGrain>(this.GetPrimaryKeyString()).Pull(Names.Territory);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            LedgerLog.WakeFailed(work.Logger, exception, this.GetPrimaryKeyString());
        }
    }

    private InUse Use()
    {
        _uses++;
        return new InUse(this);
    }

    private readonly struct InUse(LedgerGrain grain) : IDisposable
    {
        public void Dispose()
        {
            grain._uses--;
            grain.Settle();
        }
    }
}
