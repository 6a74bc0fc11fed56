using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Stores the state of grains.</summary>
public interface IGrainStorage
{
    /// <summary>Reads the state named <paramref name="stateName"/> of a grain.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes it if it is still at the version read.</summary>
    /// <exception cref="InconsistentStateException">It is not.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Removes it if it is still at the version read.</summary>
    /// <exception cref="InconsistentStateException">It is not.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Reads the state, and gives up when cancelled.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ReadStateAsync(stateName, grainId, grainState);

    /// <summary>Writes the state, and gives up when cancelled; it may have been written nevertheless.</summary>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        WriteStateAsync(stateName, grainId, grainState);

    /// <summary>Removes the state, and gives up when cancelled; it may have been removed nevertheless.</summary>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken) =>
        ClearStateAsync(stateName, grainId, grainState);
}
