namespace Orleans.Storage;

/// <summary>The statements of the storage, as the table OrleansQuery holds them.</summary>
public class RelationalStorageProviderQueries(
    string writeToStorage, string readFromStorage, string clearState, string? deleteState)
{
    /// <summary>Writes a state and returns its version, or null if the writer's version is not the stored one.</summary>
    public string WriteToStorage { get; } = writeToStorage;

    /// <summary>Returns a state and its version.</summary>
    public string ReadFromStorage { get; set; } = readFromStorage;

    /// <summary>Empties a state and returns its version.</summary>
    public string ClearState { get; set; } = clearState;

    /// <summary>Deletes a state and returns the version after its last; null if the database has no such statement.</summary>
    public string? DeleteState { get; set; } = deleteState;
}
