using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Picks the hash for an identity.</summary>
public interface IStorageHasherPicker
{
    /// <summary>The hashes to pick from.</summary>
    ICollection<IHasher> HashProviders { get; }

    /// <summary>The hash for <paramref name="grainId"/> and <paramref name="grainType"/>.</summary>
    IHasher PickHasher<T>(
        string serviceId,
        string storageProviderInstanceName,
        string grainType,
        GrainId grainId,
        IGrainState<T> grainState,
        string? tag = null);
}
