using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Calls;

namespace Orleans.Runtime.Activations;

/// <summary>From the first call to the end.</summary>
[SuppressMessage("Design", "CA1031", Justification = "Whatever a grain throws while it starts or ends concerns its callers, or is logged.")]
internal sealed partial class Activation
{
    private volatile ActivationState _state;
    private volatile bool _isToEnd;
    private DeactivationReason _reason;
    private CancellationTokenSource? _limit;
    private CancellationTokenSource? _ending;
    private TaskCompletionSource? _ended;
    private bool _isEndingNow;

    public Task Deactivated => EndedSource().Task;

    /// <summary>Whether it is gone and its successor may have started.</summary>
    public bool HasEnded => _state == ActivationState.Ended;

    protected override bool IsOpen => _state == ActivationState.Valid && !_isToEnd;

    /// <summary>From here on no request starts, not even one that has come before: those that wait go to the next activation.</summary>
    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        _isToEnd = true;
        Post((Action)(() => BeginEnd(deactivationReason, cancellationToken)));
    }

    /// <summary>Ends the activation if it is still idle by the time it gets a turn.</summary>
    public void Collect() => Post((Action)(() =>
    {
        if (!IsIdle(runtime.Now)) return;
        var text = $"No call for {TimeSpan.FromMilliseconds(grainClass.AgeLimit!.Value)}.";
        BeginEnd(new DeactivationReason(DeactivationReasonCode.ActivationIdle, text), CancellationToken.None);
    }));

    protected override void OnWaiting(Request request)
    {
        if (_state != ActivationState.New) return;
        _state = ActivationState.Activating;
        if (request is GrainCall { Context: { } context }) RequestContext.Values = context;
        _ = ActivateAsync();
    }

    private async Task ActivateAsync()
    {
        using var limit = new CancellationTokenSource(runtime.Collection.ActivationTimeout, runtime.Time);
        try
        {
            _scope = runtime.Services.CreateAsyncScope();
            _instance = grainClass.Create(this);
            if (_instance is ILifecycleParticipant<IGrainLifecycle> participant) participant.Participate(ObservableLifecycle);
            if (_lifecycle is not null) await _lifecycle.Start(limit.Token);
            if (_instance is IGrainBase grain) await grain.OnActivateAsync(limit.Token);
        }
        catch (Exception exception)
        {
            await FailAsync(exception);
            return;
        }

        _state = ActivationState.Valid;
        _lastUsed = runtime.Now;
        runtime.Instruments.Created();
        if (_reason.ReasonCode == DeactivationReasonCode.None) Rescan();
        else BeginEnd(_reason, CancellationToken.None);
    }

    private async Task FailAsync(Exception exception)
    {
        SiloLog.ActivationFailed(runtime.Log, exception, id);
        runtime.Instruments.FailedToActivate();
        _reason = new DeactivationReason(DeactivationReasonCode.ActivationFailed, exception, "Failed to activate grain.");
        StopTimers();
        runtime.Directory.Remove(this);
        foreach (var request in Close()) request.Fail(exception);
        _state = ActivationState.Ended;
        await DisposeGrainAsync();
        EndedSource().TrySetResult();
    }

    private void BeginEnd(DeactivationReason reason, CancellationToken cancellationToken)
    {
        switch (_state)
        {
            case ActivationState.Activating:
                // Looked at again once activation has succeeded.
                if (_reason.ReasonCode == DeactivationReasonCode.None) _reason = reason;
                return;
            case ActivationState.New:
            case ActivationState.Valid:
                break;
            default:
                return;
        }

        _reason = reason;
        _limit = new CancellationTokenSource(runtime.Collection.DeactivationTimeout, runtime.Time);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _limit.Token);
        _ending.Token.UnsafeRegister(static target => ((Activation)target!).Post((Action)((Activation)target).EndWhenQuiet), this);
        _state = ActivationState.Deactivating;
        if (Gate.Running == 0) EndWhenQuiet();
    }

    /// <summary>
    /// Goes on when no call, and no timer's callback, is in progress any more, or when there is no more time to wait for them. Until then
    /// timers are not told that their time is up.
    /// </summary>
    private void EndWhenQuiet()
    {
        if (_isEndingNow || _state != ActivationState.Deactivating) return;
        _isEndingNow = true;
        StopTimers();
        _ = EndAsync();
    }

    private async Task EndAsync()
    {
        var token = _ending!.Token;
        try
        {
            if (_instance is IGrainBase grain) await grain.OnDeactivateAsync(_reason, token).WaitAsync(token);
            if (_lifecycle is not null) await _lifecycle.Stop(token);
        }
        catch (Exception exception)
        {
            SiloLog.DeactivationFailed(runtime.Log, exception, id);
        }

        await DisposeGrainAsync();
        _state = ActivationState.Ended;
        runtime.Directory.Remove(this);
        runtime.Forward(Close());
        if (_instance is not null) runtime.Instruments.Destroyed();
        _ending.Dispose();
        _limit!.Dispose();
        EndedSource().TrySetResult();
    }

    private async Task DisposeGrainAsync()
    {
        try
        {
            if (_instance is IAsyncDisposable asyncDisposable) await asyncDisposable.DisposeAsync();
            else if (_instance is IDisposable disposable) disposable.Dispose();
            if (_scope.ServiceProvider is not null) await _scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            SiloLog.DeactivationFailed(runtime.Log, exception, id);
        }
    }

    private void StopTimers()
    {
        var timers = _timers ?? [];
        _timers = null;
        foreach (var timer in timers) timer.Dispose();
    }

    private TaskCompletionSource EndedSource()
    {
        if (_ended is { } known) return known;
        Interlocked.CompareExchange(ref _ended, new(TaskCreationOptions.RunContinuationsAsynchronously), null);
        return _ended;
    }
}
