using Microsoft.Extensions.Time.Testing;

namespace Aggregation.TestKit.Clocks;

/// <summary>
/// A clock that moves when a test turns it, whose time of day can be set apart from what it measures, and that tells when a timer is
/// waiting.
/// </summary>
public sealed class TestClock() : FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
{
    /// <summary>Longest wait for a timer; reached only when nobody sets one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<WatchedTimer> _timers = [];
    private readonly List<(TimeSpan Left, TaskCompletionSource Set)> _waiting = [];
    private TimeSpan _ahead;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return base.GetUtcNow() + _ahead;
        }
    }

    // The base derives it from the time of day.
    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>Sets the time of day, as an administrator does; nothing that measures or waits notices.</summary>
    public void SetTimeOfDay(TimeSpan by)
    {
        lock (_lock)
        {
            _ahead += by;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WatchedTimer(this, base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes once a timer is set that will run in this time, so that turning the clock will reach it.</summary>
    public Task TimerOf(TimeSpan left)
    {
        lock (_lock)
        {
            if (_timers.Exists(timer => timer.Left == left))
            {
                return Task.CompletedTask;
            }

            var set = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((left, set));
            return set.Task.WaitAsync(Patience);
        }
    }

    private sealed class WatchedTimer(TestClock clock, ITimer timer) : ITimer
    {
        private TimeSpan _period;
        private long _due;

        /// <summary>Not above zero once a timer without a period has run.</summary>
        public TimeSpan Left
        {
            get
            {
                var left = new TimeSpan(_due - clock.GetTimestamp());
                return left > TimeSpan.Zero || _period <= TimeSpan.Zero ? left : _period - new TimeSpan(-left.Ticks % _period.Ticks);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            // Set first: who waits for it may turn the clock at once.
            var changed = timer.Change(dueTime, period);
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (changed && dueTime != Timeout.InfiniteTimeSpan)
                {
                    (_due, _period) = (clock.GetTimestamp() + dueTime.Ticks, period);
                    clock._timers.Add(this);
                    clock._waiting.FindAll(wait => wait.Left == dueTime).ForEach(static wait => wait.Set.TrySetResult());
                    clock._waiting.RemoveAll(wait => wait.Left == dueTime);
                }
            }

            return changed;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }

            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
