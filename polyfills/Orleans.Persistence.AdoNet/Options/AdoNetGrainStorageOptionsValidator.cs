using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Checks the options of one storage on ADO.NET.</summary>
public class AdoNetGrainStorageOptionsValidator(AdoNetGrainStorageOptions configurationOptions, string name)
    : IConfigurationValidator
{
    public void ValidateConfiguration()
    {
        if (string.IsNullOrWhiteSpace(configurationOptions.Invariant))
            throw Faulty($"{nameof(configurationOptions.Invariant)} is empty and must name an ADO.NET provider");
        var hasConnection = !string.IsNullOrWhiteSpace(configurationOptions.ConnectionString);
        if (hasConnection == configurationOptions.DataSource is not null)
        {
            throw Faulty(
                $"{(hasConnection ? "both" : "neither")} of {nameof(configurationOptions.ConnectionString)} and {nameof(configurationOptions.DataSource)} are set, and exactly one must be");
        }

        if (configurationOptions.HashPicker is null) throw Faulty($"{nameof(configurationOptions.HashPicker)} is not set");
    }

    private OrleansConfigurationException Faulty(string fault) =>
        new($"{nameof(AdoNetGrainStorageOptions)} of storage '{name}': {fault}.");
}
