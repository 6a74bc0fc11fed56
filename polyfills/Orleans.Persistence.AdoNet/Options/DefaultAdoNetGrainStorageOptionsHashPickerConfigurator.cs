using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Gives options without a hash the default one.</summary>
public class DefaultAdoNetGrainStorageOptionsHashPickerConfigurator : IPostConfigureOptions<AdoNetGrainStorageOptions>
{
    public void PostConfigure(string? name, AdoNetGrainStorageOptions options) =>
        options.HashPicker ??= new StorageHasherPicker([new OrleansDefaultHasher()]);
}
