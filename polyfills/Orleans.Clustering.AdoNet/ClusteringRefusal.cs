using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Stops the start of a process that asks for clustering.</summary>
internal sealed class ClusteringRefusal : IConfigurationValidator
{
    public void ValidateConfiguration() => throw new OrleansConfigurationException(
        "UseAdoNetClustering needs the packages Microsoft.Orleans.Clustering.AdoNet, Microsoft.Orleans.Server and Microsoft.Orleans.Client, which were not restored: this build runs one silo in one process. Build with -p:UpstreamPackages=true from a registry that serves them, or use UseLocalhostClustering.");
}
