using System.Collections.Concurrent;

namespace Orleans.Runtime.Activations;

/// <summary>The activations there are, by grain.</summary>
internal sealed class ActivationDirectory(SiloRuntime runtime)
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();

    public int Count => _activations.Count;

    public ICollection<Activation> All => _activations.Values;

    public Activation Find(GrainId id)
    {
        if (_activations.TryGetValue(id, out var activation)) return activation;
        var grainClass = runtime.Classes.Of(id.Type);
        return _activations.GetOrAdd(id, static (key, made) => new Activation(made.runtime, key, made.grainClass), (runtime, grainClass));
    }

    public void Remove(Activation activation) =>
        _activations.TryRemove(new KeyValuePair<GrainId, Activation>(activation.GrainId, activation));

    /// <summary>Ends the activations that have been idle for too long.</summary>
    public void CollectIdle(long now)
    {
        foreach (var (_, activation) in _activations)
        {
            if (activation.IsIdle(now)) activation.Collect();
        }
    }

    /// <summary>Ends all activations, those included that calls in progress create meanwhile.</summary>
    public async Task EndAllAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        while (!_activations.IsEmpty && !cancellationToken.IsCancellationRequested)
        {
            var ending = new List<Task>();
            foreach (var (_, activation) in _activations)
            {
                ending.Add(activation.Deactivated);
                activation.Deactivate(reason, cancellationToken);
            }

            await Task.WhenAll(ending).WaitAsync(cancellationToken);
        }
    }
}
