namespace Orleans.Runtime.Activations;

/// <summary>The observers of an activation's stages.</summary>
internal sealed class GrainLifecycle : IGrainLifecycle
{
    private readonly List<Subscription> _subscriptions = [];

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        var subscription = new Subscription(this, stage, observer);
        _subscriptions.Add(subscription);
        return subscription;
    }

    public async Task Start(CancellationToken cancellationToken)
    {
        foreach (var subscription in _subscriptions.OrderBy(static subscription => subscription.Stage).ToArray())
            await subscription.Observer.OnStart(cancellationToken);
    }

    public async Task Stop(CancellationToken cancellationToken)
    {
        foreach (var subscription in _subscriptions.OrderByDescending(static subscription => subscription.Stage).ToArray())
            await subscription.Observer.OnStop(cancellationToken);
    }

    private sealed class Subscription(GrainLifecycle owner, int stage, ILifecycleObserver observer) : IDisposable
    {
        public int Stage => stage;

        public ILifecycleObserver Observer => observer;

        public void Dispose() => owner._subscriptions.Remove(this);
    }
}
