using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Timers;

/// <summary>A timer of an activation: each firing is a request, and the next begins when its callback has ended.</summary>
[SuppressMessage("Usage", "CA2213", Justification = "A callback in progress may still look at its token.")]
internal sealed class GrainTimer<TState> : Request, IGrainTimer
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private TimeSpan _period;
    private Task? _work;
    private bool _isFiring;
    private bool _isChanged;
    private bool _isMissed;

    public GrainTimer(
        Activation activation,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        Verify(options.DueTime, options.Period);
        _activation = activation;
        _callback = callback;
        _state = state;
        _options = options;
        _period = options.Period;
        lock (_gate) Arm(options.DueTime);
    }

    public override bool IsReadOnly => false;

    public override bool IsAlwaysInterleave => _options.Interleave;

    public override bool IsAbandoned => _stopped.IsCancellationRequested;

    public override bool KeepsAlive => _options.KeepAlive;

    private TimeSpan Pause => _period == TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : _period;

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Verify(dueTime, period);
        lock (_gate)
        {
            _period = period;
            _isChanged = true;
            Arm(dueTime);
        }
    }

    public override void Start(CallTarget target)
    {
        lock (_gate) _isChanged = false;
        try
        {
            _work = _callback(_state, _stopped.Token);
        }
#pragma warning disable CA1031 // A failing callback does not stop the timer.
        catch (Exception exception)
        {
            _work = Task.FromException(exception);
        }
#pragma warning restore CA1031

        if (_work.IsCompleted) Finish(target);
        else _work.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => _activation.OnCompleted(this));
    }

    public override void Finish(CallTarget target)
    {
        if (_work is { IsFaulted: true } work) SiloLog.TimerFailed(_activation.Runtime.Log, work.Exception.InnerException!, _activation.GrainId);
        _work = null;
        target.End(this);
        lock (_gate)
        {
            _isFiring = false;
            var isMissed = _isMissed;
            _isMissed = false;
            if (!IsAbandoned && isMissed) Arm(TimeSpan.Zero);
            else if (!IsAbandoned && !_isChanged) Arm(Pause);
        }
    }

    /// <summary>The activation ended before the callback could start; so did this timer.</summary>
    public override void Fail(Exception exception) => Dispose();

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested) return;
        _stopped.Cancel();
        lock (_gate) _timer?.Dispose();
        _activation.Remove(this);
    }

    private static void Verify(TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero && dueTime != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(dueTime), dueTime, "The due time must be zero or more, or infinite.");
        if (period < TimeSpan.Zero && period != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(period), period, "The period must be zero or more, or infinite.");
    }

    /// <summary>Has the timer fire once after a time. What is due at once needs no clock: it becomes a request here and now.</summary>
    private void Arm(TimeSpan dueTime)
    {
        if (IsAbandoned) return;
        if (dueTime == TimeSpan.Zero)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Fire();
        }
        else if (dueTime != Timeout.InfiniteTimeSpan || _timer is not null)
        {
            _timer ??= CreateTimer();
            _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    private ITimer CreateTimer()
    {
        var isFlowing = !ExecutionContext.IsFlowSuppressed();
        if (isFlowing) ExecutionContext.SuppressFlow();
        try
        {
            return _activation.Runtime.Time.CreateTimer(
                static timer => ((GrainTimer<TState>)timer!).Fire(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (isFlowing) ExecutionContext.RestoreFlow();
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            // A change made while the callback runs may fire before it ends; then the next begins when it has.
            _isMissed = _isFiring;
            if (_isFiring || IsAbandoned) return;
            _isFiring = true;
        }

        IsStarted = false;
        if (!_activation.TryPost(this)) Dispose();
    }
}
