namespace Orleans.Storage;

/// <summary>Options of a storage whose serializer can be chosen.</summary>
public interface IStorageProviderSerializerOptions
{
    /// <summary>Turns state into bytes; if not set, the one registered under the storage's name, else the general one.</summary>
    IGrainStorageSerializer GrainStorageSerializer { get; set; }
}
