namespace Orleans.Runtime.Hosting;

/// <summary>Starts the stages of a silo in rising order and stops those that started in falling order.</summary>
internal sealed class SiloLifecycle : ISiloLifecycle
{
    private readonly List<(int Stage, ILifecycleObserver Observer)> _observers = [];

    public int HighestCompletedStage { get; private set; } = int.MinValue;

    public int LowestStoppedStage { get; private set; } = int.MaxValue;

    public IDisposable Subscribe(string observerName, int stage, ILifecycleObserver observer)
    {
        _observers.Add((stage, observer));
        return new Subscription(this, (stage, observer));
    }

    public async Task StartThrough(int last, CancellationToken cancellationToken)
    {
        foreach (var stage in Stages().Where(stage => stage > HighestCompletedStage && stage <= last).Order().ToArray())
        {
            await Task.WhenAll(On(stage).Select(observer => observer.OnStart(cancellationToken)));
            HighestCompletedStage = stage;
        }
    }

    public async Task StopDownTo(int first, CancellationToken cancellationToken)
    {
        foreach (var stage in Stages().Where(stage => stage < LowestStoppedStage && stage >= first).OrderDescending().ToArray())
        {
            if (stage <= HighestCompletedStage) await Task.WhenAll(On(stage).Select(observer => observer.OnStop(cancellationToken)));
            LowestStoppedStage = stage;
        }
    }

    private IEnumerable<int> Stages() => _observers.Select(static pair => pair.Stage).Distinct();

    private ILifecycleObserver[] On(int stage) =>
        [.. _observers.Where(pair => pair.Stage == stage).Select(static pair => pair.Observer)];

    private sealed class Subscription(SiloLifecycle owner, (int Stage, ILifecycleObserver Observer) entry) : IDisposable
    {
        public void Dispose() => owner._observers.Remove(entry);
    }
}
