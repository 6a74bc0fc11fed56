using Orleans.Runtime.Activations;

namespace Orleans.Runtime.Observers;

/// <summary>An observer: called once at a time, in order. It is held weakly; who created it keeps it alive.</summary>
internal sealed class ObserverTarget(ObserverDirectory directory, GrainId id, IGrainObserver observer) : CallTarget(isReentrant: false)
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);

    public override object Instance
    {
        get
        {
            if (_observer.TryGetTarget(out var target)) return target;
            directory.Remove(id);
            throw new ClientNotAvailableException(id);
        }
    }

    protected override IGrainContext? Context => null;

    protected override bool IsOpen => true;

    /// <summary>Takes no more calls; those queued fail.</summary>
    public void End() => Post((Action)(() =>
    {
        foreach (var request in Close()) request.Fail(new ClientNotAvailableException(id));
    }));
}
