namespace Orleans.Storage;

/// <summary>Hashes identities for the index of stored state.</summary>
public interface IHasher
{
    /// <summary>The hash's name.</summary>
    string Description { get; }

    /// <summary>The hash of <paramref name="data"/>.</summary>
    int Hash(byte[] data);
}
