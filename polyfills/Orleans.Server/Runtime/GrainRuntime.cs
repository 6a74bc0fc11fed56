using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Activations;
using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What the runtime offers to grains.</summary>
internal sealed class GrainRuntime(SiloRuntime runtime, ITimerRegistry timers, IOptions<SiloOptions> options) : IGrainRuntime
{
    public string SiloIdentity => options.Value.SiloName;

    public IGrainFactory GrainFactory => runtime.Factory;

    public ITimerRegistry TimerRegistry => timers;

    public IServiceProvider ServiceProvider => runtime.Services;

    public TimeProvider TimeProvider => runtime.Time;

    public void DeactivateOnIdle(IGrainContext grainContext) => NotEnded(grainContext).Deactivate(
        new DeactivationReason(DeactivationReasonCode.ApplicationRequested, $"{nameof(DeactivateOnIdle)} was called."));

    public void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan) => NotEnded(grainContext).Delay(timeSpan);

    private static Activation NotEnded(IGrainContext grainContext)
    {
        var activation = (Activation)grainContext;
        return !activation.HasEnded
            ? activation
            : throw new InvalidOperationException($"Attempt to access an invalid activation: {activation}");
    }
}
