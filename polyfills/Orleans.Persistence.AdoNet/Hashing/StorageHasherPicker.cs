using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Picks the first of the hashes given.</summary>
public class StorageHasherPicker : IStorageHasherPicker
{
    public StorageHasherPicker(IEnumerable<IHasher> hashProviders)
    {
        HashProviders = [.. hashProviders];
        if (HashProviders.Count == 0) throw new ArgumentException("At least one hash is needed.", nameof(hashProviders));
    }

    public ICollection<IHasher> HashProviders { get; }

    public IHasher PickHasher<T>(
        string serviceId,
        string storageProviderInstanceName,
        string grainType,
        GrainId grainId,
        IGrainState<T> grainState,
        string? tag = null) => HashProviders.First();
}
