using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Aggregation.ServiceDefaults.Clustering;

public static class ClusteringRegistration
{
    /// <summary>
    /// The options of section <see cref="ClusteringOptions.SectionName"/>, which decide how a host is put together and so are read before it is built;
    /// they are checked when it starts.
    /// </summary>
    public static ClusteringOptions AddClustering(this IHostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(ClusteringOptions.SectionName);
        builder.Services.AddOptions<ClusteringOptions>().Bind(section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>();
        return section.Get<ClusteringOptions>() ?? new ClusteringOptions();
    }
}
