using Microsoft.Extensions.DependencyInjection;
using Orleans.Core;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes states on the storages registered under their names.</summary>
public class PersistentStateFactory : IPersistentStateFactory
{
    /// <inheritdoc/>
    public IPersistentState<TState> Create<TState>(IGrainContext context, IPersistentStateConfiguration config)
    {
        var state = new StoredState<TState>(GetFullStateName(context, config), context, FindStorage(context, config));
        state.Participate(context.ObservableLifecycle);
        return state;
    }

    /// <summary>The name under which the state is stored.</summary>
    protected virtual string GetFullStateName(IGrainContext context, IPersistentStateConfiguration cfg) => cfg.StateName;

    private static IGrainStorage FindStorage(IGrainContext context, IPersistentStateConfiguration config)
    {
        var services = context.ActivationServices;
        if (string.IsNullOrWhiteSpace(config.StorageName))
        {
            return services.GetService<IGrainStorage>() ?? throw new BadProviderConfigException(
                $"State '{config.StateName}' of grain type '{context.GrainId.Type}' needs a default grain storage, and none is configured.");
        }

        return services.GetKeyedService<IGrainStorage>(config.StorageName) ?? throw new BadProviderConfigException(
            $"State '{config.StateName}' of grain type '{context.GrainId.Type}' needs the grain storage '{config.StorageName}', and none of that name is configured.");
    }

    private sealed class StoredState<TState>(string name, IGrainContext context, IGrainStorage storage)
        : StateStorageBridge<TState>(name, context, storage), IPersistentState<TState>, ILifecycleParticipant<IGrainLifecycle>
    {
        public void Participate(IGrainLifecycle lifecycle) =>
            lifecycle.Subscribe($"state {Name}", GrainLifecycleStage.SetupState, Setup);

        private Task Setup(CancellationToken cancellationToken) =>
            cancellationToken.IsCancellationRequested ? Task.CompletedTask : ReadStateAsync(cancellationToken);
    }
}
