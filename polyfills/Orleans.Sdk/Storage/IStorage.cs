namespace Orleans.Core;

/// <summary>One stored state of an activation.</summary>
public interface IStorage
{
    /// <summary>The version last read or written; null if there is none.</summary>
    string? Etag { get; }

    /// <summary>Whether the state has been stored.</summary>
    bool RecordExists { get; }

    /// <summary>Removes the stored state and resets the one in memory.</summary>
    Task ClearStateAsync();

    /// <summary>Stores the state in memory.</summary>
    Task WriteStateAsync();

    /// <summary>Reads the stored state into memory.</summary>
    Task ReadStateAsync();

    /// <summary>Removes the stored state and resets the one in memory.</summary>
    Task ClearStateAsync(CancellationToken cancellationToken) => ClearStateAsync();

    /// <summary>Stores the state in memory.</summary>
    Task WriteStateAsync(CancellationToken cancellationToken) => WriteStateAsync();

    /// <summary>Reads the stored state into memory.</summary>
    Task ReadStateAsync(CancellationToken cancellationToken) => ReadStateAsync();
}

/// <summary>One stored state of an activation.</summary>
public interface IStorage<TState> : IStorage
{
    /// <summary>The state in memory.</summary>
    TState State { get; set; }
}
