namespace Orleans.Runtime;

/// <summary>The stages of a silo; their numbers are in <see cref="ServiceLifecycleStage"/>.</summary>
public interface ISiloLifecycle : ILifecycleObservable
{
    /// <summary>The last stage that has completed its start.</summary>
    int HighestCompletedStage { get; }

    /// <summary>The last stage that has completed its stop.</summary>
    int LowestStoppedStage { get; }
}
