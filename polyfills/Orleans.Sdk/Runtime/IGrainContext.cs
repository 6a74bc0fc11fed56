using Orleans.Serialization.Invocation;

namespace Orleans.Runtime;

/// <summary>One activation of a grain, as the runtime knows it.</summary>
public interface IGrainContext : ITargetHolder, IEquatable<IGrainContext>
{
    /// <summary>The reference by which others call the grain.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The identity of the grain.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null until it is created.</summary>
    object? GrainInstance { get; }

    /// <summary>The identity of this activation.</summary>
    ActivationId ActivationId { get; }

    /// <summary>The services of this activation.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>The stages of this activation's life.</summary>
    IGrainLifecycle ObservableLifecycle { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Attaches a component, found again by <see cref="ITargetHolder.GetComponent{TComponent}"/>.</summary>
    void SetComponent<TComponent>(TComponent? value)
        where TComponent : class;

    /// <summary>Ends the activation once its current calls are done.</summary>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
