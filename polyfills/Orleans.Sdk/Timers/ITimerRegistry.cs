using Orleans.Runtime;

namespace Orleans.Timers;

/// <summary>Creates timers of activations.</summary>
public interface ITimerRegistry
{
    /// <summary>Creates a timer of the activation <paramref name="grainContext"/>.</summary>
    IGrainTimer RegisterGrainTimer<TState>(
        IGrainContext grainContext,
        Func<TState, CancellationToken, Task> callback,
        TState state,
        GrainTimerCreationOptions options);
}
