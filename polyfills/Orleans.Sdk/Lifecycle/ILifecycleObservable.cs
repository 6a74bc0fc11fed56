namespace Orleans;

/// <summary>Something with stages, which start in rising order and stop in falling order.</summary>
public interface ILifecycleObservable
{
    /// <summary>Takes part in stage <paramref name="stage"/> until disposed.</summary>
    IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer);
}

/// <summary>Takes part in one stage.</summary>
public interface ILifecycleObserver
{
    /// <summary>The stage starts.</summary>
    Task OnStart(CancellationToken cancellationToken = default);

    /// <summary>The stage stops.</summary>
    Task OnStop(CancellationToken cancellationToken = default);
}

/// <summary>A service which takes part in a lifecycle.</summary>
public interface ILifecycleParticipant<TLifecycleObservable>
    where TLifecycleObservable : ILifecycleObservable
{
    /// <summary>Subscribes to <paramref name="lifecycle"/>.</summary>
    void Participate(TLifecycleObservable lifecycle);
}
