namespace Orleans;

/// <summary>Subscriptions by delegate.</summary>
public static class LifecycleExtensions
{
    /// <summary>Takes part in a stage by a delegate for its start and one for its stop.</summary>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart,
        Func<CancellationToken, Task> onStop) =>
        observable.Subscribe(observerName, stage, new Observer(onStart, onStop));

    /// <summary>Takes part in the start of a stage.</summary>
    public static IDisposable Subscribe(
        this ILifecycleObservable observable,
        string observerName,
        int stage,
        Func<CancellationToken, Task> onStart) =>
        observable.Subscribe(observerName, stage, new Observer(onStart, static _ => Task.CompletedTask));

    private sealed class Observer(Func<CancellationToken, Task> onStart, Func<CancellationToken, Task> onStop) : ILifecycleObserver
    {
        public Task OnStart(CancellationToken cancellationToken) => onStart(cancellationToken);

        public Task OnStop(CancellationToken cancellationToken) => onStop(cancellationToken);
    }
}
