using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans;

/// <summary>What a grain can ask of its activation.</summary>
public static class GrainBaseExtensions
{
    /// <summary>Ends the activation once the current calls are done; the next call makes a new one.</summary>
    public static void DeactivateOnIdle(this IGrainBase grain) => grain.GrainContext.Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var registry = grain.GrainContext.ActivationServices.GetRequiredService<ITimerRegistry>();
        return registry.RegisterGrainTimer(grain.GrainContext, callback, state, options);
    }

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain,
        Func<CancellationToken, Task> callback,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer(static (call, token) => call(token), callback, options);
    }

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer(static (call, _) => call(), callback, options);
    }

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return grain.RegisterGrainTimer(static (pair, _) => pair.callback(pair.state), (callback, state), options);
    }

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer(
        this IGrainBase grain,
        Func<CancellationToken, Task> callback,
        TimeSpan dueTime,
        TimeSpan period) =>
        grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, Task> callback,
        TState state,
        TimeSpan dueTime,
        TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));

    /// <summary>Creates a timer whose callbacks run as turns of the grain.</summary>
    public static IGrainTimer RegisterGrainTimer<TState>(
        this IGrainBase grain,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        TimeSpan dueTime,
        TimeSpan period) =>
        grain.RegisterGrainTimer(callback, state, new GrainTimerCreationOptions(dueTime, period));
}
