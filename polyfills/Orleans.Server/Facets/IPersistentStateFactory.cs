namespace Orleans.Runtime;

/// <summary>Makes the states that grains ask for.</summary>
public interface IPersistentStateFactory
{
    /// <summary>The state that <paramref name="config"/> describes, for the activation <paramref name="context"/>.</summary>
    /// <exception cref="Storage.BadProviderConfigException">No storage has the name asked for.</exception>
    IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config);
}
