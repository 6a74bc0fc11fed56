namespace Orleans.Runtime;

/// <summary>Which state, and where it is stored.</summary>
public interface IPersistentStateConfiguration
{
    /// <summary>The state's name, part of its stored key.</summary>
    string StateName { get; }

    /// <summary>The storage's name; null for the default storage.</summary>
    string? StorageName { get; }
}
