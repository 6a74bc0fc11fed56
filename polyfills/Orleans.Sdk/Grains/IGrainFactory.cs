using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains and observers; making one costs no call.</summary>
public interface IGrainFactory
{
    /// <summary>The reference to the grain with key <paramref name="primaryKey"/>.</summary>
    /// <param name="primaryKey">The key, not empty.</param>
    /// <param name="grainClassNamePrefix">Start of the class name, where several classes implement the interface.</param>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>The reference to the grain with key <paramref name="grainPrimaryKey"/>.</summary>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>The reference to the grain with identity <paramref name="grainId"/>.</summary>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>
    /// Makes <paramref name="obj"/> callable by grains. The runtime holds it weakly: keep it alive for as long as it is to
    /// be called.
    /// </summary>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends what <see cref="CreateObjectReference"/> began; takes the reference that it returned.</summary>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
