using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class is: something with a context and a life.</summary>
public interface IGrainBase
{
    /// <summary>The context of the activation.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Runs before the first call; a failure fails the calls that wait.</summary>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Runs after the last call, at best effort: a crash skips it.</summary>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
