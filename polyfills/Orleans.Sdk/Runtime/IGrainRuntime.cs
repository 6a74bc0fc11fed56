using Orleans.Timers;

namespace Orleans.Runtime;

/// <summary>What the runtime offers to grains.</summary>
public interface IGrainRuntime
{
    /// <summary>The silo's name.</summary>
    string SiloIdentity { get; }

    /// <summary>Makes references to grains.</summary>
    IGrainFactory GrainFactory { get; }

    /// <summary>Makes timers.</summary>
    ITimerRegistry TimerRegistry { get; }

    /// <summary>The silo's services.</summary>
    IServiceProvider ServiceProvider { get; }

    /// <summary>The silo's clock.</summary>
    TimeProvider TimeProvider => TimeProvider.System;

    /// <summary>Ends an activation once its current calls are done.</summary>
    void DeactivateOnIdle(IGrainContext grainContext);

    /// <summary>Keeps an activation from being collected as idle.</summary>
    void DelayDeactivation(IGrainContext grainContext, TimeSpan timeSpan);
}
