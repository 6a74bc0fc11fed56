using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    // Kept from the start: an activation may be told to leave once more when its services are gone.
    private readonly IGrainRuntime _runtime;

    protected Grain()
        : this(RuntimeContext.Require())
    {
    }

    /// <summary>A grain of the given context, which tests may make up.</summary>
    protected Grain(IGrainContext grainContext, IGrainRuntime? grainRuntime = null)
    {
        GrainContext = grainContext;
        _runtime = grainRuntime ?? grainContext.ActivationServices.GetRequiredService<IGrainRuntime>();
    }

    /// <summary>The context of this activation.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>The reference by which others call this grain.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => _runtime.GrainFactory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <summary>The grain's identity as text.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Runs before the first call; a failure fails the calls that wait.</summary>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Runs after the last call, at best effort: a crash skips it.</summary>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    /// <summary>Ends this activation once the current calls are done; the next call makes a new one.</summary>
    protected void DeactivateOnIdle() => _runtime.DeactivateOnIdle(GrainContext);

    /// <summary>Keeps this activation from being collected as idle for <paramref name="timeSpan"/>.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => _runtime.DelayDeactivation(GrainContext, timeSpan);
}
