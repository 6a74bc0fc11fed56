namespace Orleans.Runtime;

/// <summary>Asks for a stored state in a grain's constructor.</summary>
/// <param name="stateName">The state's name, part of its stored key; the parameter's name if empty.</param>
/// <param name="storageName">The storage's name; null for the default storage.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute(string stateName, string? storageName = null)
    : Attribute, IFacetMetadata, IPersistentStateConfiguration
{
    /// <inheritdoc/>
    public string StateName { get; } = stateName;

    /// <inheritdoc/>
    public string? StorageName { get; } = storageName;
}
