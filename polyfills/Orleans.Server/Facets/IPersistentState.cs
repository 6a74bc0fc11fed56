using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>
/// One named state of a grain, read before <see cref="IGrainBase.OnActivateAsync"/>; ask for it by
/// <see cref="PersistentStateAttribute"/> on a constructor parameter.
/// </summary>
public interface IPersistentState<TState> : IStorage<TState>;
