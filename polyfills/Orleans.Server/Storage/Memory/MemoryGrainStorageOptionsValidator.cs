using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Checks the options of one storage in memory.</summary>
public class MemoryGrainStorageOptionsValidator(MemoryGrainStorageOptions options, string name) : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        if (options.NumStorageGrains <= 0)
        {
            throw new OrleansConfigurationException(
                $"{nameof(MemoryGrainStorageOptions)} of storage '{name}': {nameof(options.NumStorageGrains)} is {options.NumStorageGrains} and must be 1 or more.");
        }
    }
}
