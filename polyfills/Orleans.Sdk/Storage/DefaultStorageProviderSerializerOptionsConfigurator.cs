using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Orleans.Storage;

/// <summary>Gives a storage without a serializer the one registered under its name, else the general one.</summary>
public class DefaultStorageProviderSerializerOptionsConfigurator<TOptions>(IServiceProvider serviceProvider)
    : IPostConfigureOptions<TOptions>
    where TOptions : class, IStorageProviderSerializerOptions
{
    public void PostConfigure(string? name, TOptions options)
    {
        // Options are not nullable here, as upstream; unset is null all the same.
        if (options.GrainStorageSerializer is not null) return;
        options.GrainStorageSerializer = serviceProvider.GetKeyedService<IGrainStorageSerializer>(name)
            ?? serviceProvider.GetRequiredService<IGrainStorageSerializer>();
    }
}
