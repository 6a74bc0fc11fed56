using Orleans.Runtime.Activations;
using Orleans.Timers;

namespace Orleans.Runtime.Timers;

/// <summary>Makes grain timers.</summary>
internal sealed class TimerRegistry : ITimerRegistry
{
    public IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options)
    {
        if (grainContext is not Activation activation)
            throw new ArgumentException("Timers belong to grains that the runtime has created.", nameof(grainContext));
        var timer = new GrainTimer<TState>(activation, callback, state, options);
        activation.Add(timer);
        return timer;
    }
}
