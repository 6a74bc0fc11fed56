namespace Orleans.Storage;

/// <summary>The hash that also places grains.</summary>
public sealed class OrleansDefaultHasher : IHasher
{
    public string Description => $"The default Orleans hash function ({nameof(StableHash)}).";

    public int Hash(byte[] data) => (int)StableHash.ComputeHash(data);
}
