using System.Diagnostics;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Carries a ledger's contribution to its parent in one tree. Pushes at once when idle; what changes while a push is in
/// flight goes with the next one. A run belongs to nobody's call: the grain serves its parent's and its callers' requests
/// meanwhile. Trying again is part of the same run, which ends when the activation does: then nobody is kept waiting.
/// </summary>
internal sealed class ContributionPusher(
    LedgerKey key, Place place, string parentCode, IRollupGrain parent, Func<long, Contribution> contribution,
    LedgerWork work, ILedgerActivation activation, Action<Exception> failed)
    : IDisposable
{
    private const int MostCauses = 128;

    /// <summary>Nothing that is to be pushed has a known time.</summary>
    private const long Never = long.MaxValue;
    private static readonly TimeSpan OpenedDelay = TimeSpan.FromMilliseconds(5);

    private readonly PushWaiters _waiters = new();

    // A run has no trace of who caused its work; the causes since the last push that are traced are kept for it.
    private readonly List<ActivityContext> _causes = [];
    private readonly CancellationTokenSource _stop = new();
    private LedgerVersion? _included;
    private LedgerVersion _parentVersion;
    private long _acknowledgedAt = Never;
    private int _changes;
    private int _failures;
    private bool _isPending;
    private bool _busy;
    private bool _stopped;

    /// <summary>Code of the unit that is pushed to.</summary>
    public string Parent => parentCode;

    /// <summary>The parent holds the latest version.</summary>
    public bool IsSettled => !_busy && !_waiters.Any;

    /// <summary>The ledger holds something that its parent is not known to hold.</summary>
    public bool IsOwing => place.Node.Version.Version > 0 && _included != place.Node.Version;

    private bool IsBehind => _included is not { } included || included < place.Node.Version;

    /// <summary>Something changed: it is on its way when this returns.</summary>
    /// <param name="acknowledgedAt">See <see cref="Contribution.AcknowledgedAt"/>.</param>
    public void Changed(long acknowledgedAt)
    {
        _changes++;
        Join(acknowledgedAt);
        Start(TimeSpan.Zero);
    }

    /// <summary>
    /// The ledger was opened with something to push. What woke it, mostly a child's push, still waits to be served: it may
    /// join, so that both go together and under its trace.
    /// </summary>
    public void Opened()
    {
        _changes++;
        Start(OpenedDelay);
    }

    /// <summary>What goes on now belongs to the push that is about to begin, if one is.</summary>
    public void Join(long acknowledgedAt)
    {
        if (_changes == 0)
        {
            return;
        }

        if (acknowledgedAt > 0)
        {
            _acknowledgedAt = Math.Min(_acknowledgedAt, acknowledgedAt);
        }

        // What is not traced below is not traced above; what is, is traced to the root, whatever it goes together with.
        if (Activity.Current is { Recorded: true } activity && _causes.Count < MostCauses)
        {
            _causes.Add(activity.Context);
        }
    }

    /// <summary>Completes with the parent's version that includes <paramref name="version"/> of this ledger.</summary>
    public async Task<LedgerVersion> IncludedAsync(LedgerVersion version, CancellationToken cancellation)
    {
        if (_included >= version)
        {
            return _parentVersion;
        }

        if (_stopped)
        {
            throw Leaving();
        }

        var included = _waiters.WaitAsync(version, cancellation);
        Start(TimeSpan.Zero);
        return await included;
    }

    /// <summary>No push is begun any more; who waits is told to ask again.</summary>
    public void Dispose()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        Pending(false);
        work.Telemetry.NoLongerLate(this);
        _stop.Cancel();
        _stop.Dispose();
        _waiters.Fail(Leaving());
    }

    private static RefusedException Leaving() => Refuse.Unavailable("The ledger is leaving memory; ask again.");

    private void Start(TimeSpan due)
    {
        if (_busy || _stopped)
        {
            return;
        }

        _busy = true;
        Pending(true);
        _ = RunAsync(due);
    }

    private async Task RunAsync(TimeSpan due)
    {
        await Detached.RunAsync(cancellation => PushAllAsync(due, cancellation), failed, _stop.Token);
        _busy = false;
        Pending(false);
        if (_stopped)
        {
            return;
        }

        // Between the end of the run and this turn something may have changed.
        if (IsBehind)
        {
            Start(TimeSpan.Zero);
        }
        else
        {
            activation.Settle();
        }
    }

    private async Task PushAllAsync(TimeSpan due, CancellationToken cancellation)
    {
        // First whatever else has come for the grain: it may go along.
        if (due > TimeSpan.Zero)
        {
            await Task.Delay(due, work.Clock, cancellation);
        }
        else
        {
            await Task.Yield();
        }

        while (!_stopped && IsBehind)
        {
            if (!await PushAsync(cancellation))
            {
                await WaitAsync(cancellation);
            }
        }
    }

    /// <returns>Whether the parent holds what was pushed; if not, it is to be tried again unless this activation is over.</returns>
    private async Task<bool> PushAsync(CancellationToken cancellation)
    {
        using var activity = StartActivity();
        var changes = _changes;
        var acknowledgedAt = _acknowledgedAt;
        _changes = 0;
        _acknowledgedAt = Never;
        var pushed = contribution(acknowledgedAt == Never ? 0 : acknowledgedAt);
        var began = work.Clock.GetTimestamp();
        PushAck ack;
        try
        {
            ack = await parent.Push(pushed).WaitAsync(cancellation);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException
            && !(exception is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // Whatever the parent or the way to it suffers, the figures stay here and are pushed again: nothing is lost.
            activity?.SetStatus(ActivityStatusCode.Error, "The push failed");
            Keep(acknowledgedAt);
            work.Telemetry.Pushed("failed", changes);
            LedgerLog.PushFailed(work.Logger, exception, pushed.Unit, parentCode, _failures + 1);
            return false;
        }

        work.Telemetry.Pushed(Outcome(ack.Outcome), changes);
        switch (ack.Outcome)
        {
            case PushOutcome.Included:
                work.Telemetry.Included(ParentLevel, work.Clock.GetElapsedTime(began));
                work.Telemetry.NoLongerLate(this);
                Include(pushed.Version, ack.Parent);
                return true;
            case PushOutcome.Superseded:
                LedgerLog.Superseded(work.Logger, pushed.Unit, pushed.Version.ToString());
                activation.Leave();
                return false;
            default:
                Keep(acknowledgedAt);
                return false;
        }
    }

    private KeyValuePair<string, object?> ParentLevel =>
        LedgerTelemetry.Level(place.Node.View.TryFind(parentCode, out var unit) ? unit.Level : UnitLevel.None);

    /// <summary>What did not arrive is as old as it was.</summary>
    private void Keep(long acknowledgedAt)
    {
        _acknowledgedAt = Math.Min(_acknowledgedAt, acknowledgedAt);
        work.Telemetry.Late(this, acknowledgedAt == Never ? 0 : acknowledgedAt);
    }

    private void Pending(bool isPending)
    {
        if (_isPending != isPending)
        {
            _isPending = isPending;
            work.Telemetry.Pending(isPending ? 1 : -1);
        }
    }

    private void Include(LedgerVersion version, LedgerVersion parentVersion)
    {
        _failures = 0;
        _included = version;
        _parentVersion = parentVersion;
        _waiters.Include(version, parentVersion);
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        if (_stopped)
        {
            return;
        }

        var options = work.Options;
        var wait = TimeSpan.FromTicks(Math.Min(options.PushRetryMax.Ticks, options.PushRetry.Ticks << Math.Min(_failures, 10)));
        _failures++;
        _changes++;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, work.Ending);
        try
        {
            await Task.Delay(wait, work.Clock, either.Token);
        }
        catch (OperationCanceledException) when (work.Ending.IsCancellationRequested)
        {
            // Orleans ends no activation while somebody waits in it.
            Dispose();
        }
    }

    /// <summary>A span under the first change's trace, with a link to every other change that the push carries.</summary>
    private Activity? StartActivity()
    {
        if (_causes.Count == 0 || !work.Telemetry.Source.HasListeners())
        {
            _causes.Clear();
            return null;
        }

        var links = _causes.Count > 1 ? _causes.Skip(1).Select(cause => new ActivityLink(cause)).ToArray() : null;
        var activity = work.Telemetry.Source.StartActivity("ledger.push", ActivityKind.Internal, _causes[0], links: links);
        if (activity is { IsAllDataRequested: true })
        {
            LedgerSpans.Describe(activity, key).SetTag("aggregation.tree", place.Node.Tree)
                .SetTag("aggregation.parent", parentCode).SetTag("aggregation.push.changes", _changes);
        }

        _causes.Clear();
        return activity;
    }

    private static string Outcome(PushOutcome outcome) => outcome switch
    {
        PushOutcome.Included => "included",
        PushOutcome.Superseded => "superseded",
        _ => "structure_differs",
    };
}
