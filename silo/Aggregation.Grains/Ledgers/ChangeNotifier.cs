using Aggregation.Contracts.Ledgers;
using Orleans.Utilities;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Tells observers that a ledger changed, at once and then at most once per interval. Nobody waits for them: an observer
/// that is gone or slow holds nothing up.
/// </summary>
internal sealed class ChangeNotifier(IGrainBase grain, Place place, LedgerWork work) : IDisposable
{
    /// <summary>Null before the first one comes: most ledgers are never observed.</summary>
    private ObserverManager<ILedgerObserver>? _observers;
    private IGrainTimer? _timer;
    private bool _scheduled;
    private bool _changed;

    public bool HasObservers => _observers is { Count: > 0 };

    public void Subscribe(ILedgerObserver observer)
    {
        _observers ??= new ObserverManager<ILedgerObserver>(work.Options.ObserverLease, work.Logger)
        {
            GetDateTime = SteadyTime(work.Clock),
        };
        var before = _observers.Count;
        _observers.Subscribe(observer, observer);
        work.Telemetry.Observers(_observers.Count - before);
    }

    public void Unsubscribe(ILedgerObserver observer)
    {
        if (_observers is { } observers)
        {
            var before = observers.Count;
            observers.Unsubscribe(observer);
            work.Telemetry.Observers(observers.Count - before);
        }
    }

    public void Changed()
    {
        if (!HasObservers)
        {
            return;
        }

        if (_scheduled)
        {
            _changed = true;
            return;
        }

        Notify();
        Schedule();
    }

    /// <summary>Tells every observer that there is nothing more to come.</summary>
    public void Left()
    {
        if (HasObservers)
        {
            _observers!.Notify(observer => observer.Left());
        }
    }

    public void Dispose()
    {
        _timer?.Dispose();
        if (_observers is { } observers)
        {
            work.Telemetry.Observers(-observers.Count);
            observers.Clear();
        }
    }

    /// <summary>A time that only runs forward: leases must not end because somebody sets the time of day.</summary>
    private static Func<DateTime> SteadyTime(TimeProvider clock)
    {
        var begin = clock.GetTimestamp();
        return () => DateTime.UnixEpoch + clock.GetElapsedTime(begin);
    }

    private void Notify()
    {
        var observers = _observers!;
        var before = observers.Count;
        observers.ClearExpired();
        var version = place.Node.Version;
        observers.Notify(observer => observer.Changed(version));
        work.Telemetry.Observers(observers.Count - before);
    }

    private void Schedule()
    {
        _scheduled = true;
        if (_timer is null)
        {
            _timer = grain.RegisterGrainTimer(OnTick, new GrainTimerCreationOptions
            {
                DueTime = work.Options.NotifyInterval,
                Period = Timeout.InfiniteTimeSpan,
                Interleave = true,
            });
        }
        else
        {
            _timer.Change(work.Options.NotifyInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private Task OnTick(CancellationToken cancellation)
    {
        _scheduled = false;
        if (_changed)
        {
            _changed = false;
            Notify();
            Schedule();
        }

        return Task.CompletedTask;
    }
}
