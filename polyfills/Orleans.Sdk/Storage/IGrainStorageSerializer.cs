namespace Orleans.Storage;

/// <summary>Turns state into bytes and back.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>The bytes of <paramref name="input"/>.</summary>
    BinaryData Serialize<T>(T? input);

    /// <summary>The value that <paramref name="input"/> holds.</summary>
    T? Deserialize<T>(BinaryData input);
}
