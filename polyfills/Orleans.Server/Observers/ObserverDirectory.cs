using System.Collections.Concurrent;
using Orleans.Runtime.Activations;
using Orleans.Runtime.Proxies;

namespace Orleans.Runtime.Observers;

/// <summary>The observers that grains may call.</summary>
internal sealed class ObserverDirectory
{
    private readonly ConcurrentDictionary<GrainId, ObserverTarget> _observers = new();

    public GrainId Add(IGrainObserver observer)
    {
        var id = GrainId.Create(ObserverTypes.Client, Guid.NewGuid().ToString("N"));
        _observers[id] = new ObserverTarget(this, id, observer);
        return id;
    }

    public void Remove(GrainId id)
    {
        if (_observers.TryRemove(id, out var target)) target.End();
    }

    /// <exception cref="ClientNotAvailableException">The reference was deleted, or the observer is gone.</exception>
    public CallTarget Find(GrainId id) =>
        _observers.TryGetValue(id, out var target) ? target : throw new ClientNotAvailableException(id);

}
