using System.Net;
using Aggregation.ServiceDefaults.Clustering;
using Microsoft.Extensions.Options;

namespace Aggregation.Silo;

/// <summary>What the attributes of <see cref="SiloOptions"/> cannot say: an address that is one, and a port that others can know.</summary>
internal sealed class SiloOptionsValidator(IOptions<ClusteringOptions> cluster) : IValidateOptions<SiloOptions>
{
    public ValidateOptionsResult Validate(string? name, SiloOptions options)
    {
        var faults = new List<string>();
        if (options.Address.Length > 0 && !IPAddress.TryParse(options.Address, out _))
        {
            faults.Add($"{SiloOptions.SectionName}:{nameof(options.Address)} is '{options.Address}'; it must be an IP address, or empty for the machine's own.");
        }

        if (cluster.Value.IsOn && options.Port == 0)
        {
            faults.Add($"{SiloOptions.SectionName}:{nameof(options.Port)} is 0; it must be from 1 to 65535 in a cluster, where other silos connect to it.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
