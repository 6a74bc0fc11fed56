using System.Collections.Concurrent;

namespace Aggregation.Polyfills.Orleans.Tests;

/// <summary>What grains of one silo report to the test, and barriers at which the test holds them.</summary>
public sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _barriers = new();
    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyCollection<string> Events => _events;

    /// <summary>What a grain leaves behind for the test to call when it likes.</summary>
    public Action? Later { get; set; }

    /// <summary>The answer to a call that a grain made and did not wait for.</summary>
    public Task<string>? Asked { get; set; }

    public void Report(string what)
    {
        _events.Enqueue(what);
        Barrier(what).TrySetResult();
    }

    /// <summary>Completes when <paramref name="what"/> has been reported or opened.</summary>
    public Task Reached(string what) => Barrier(what).Task.WaitAsync(Patience);

    public void Open(string what) => Barrier(what).TrySetResult();

    private TaskCompletionSource Barrier(string what) =>
        _barriers.GetOrAdd(what, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
