using Aggregation.Cli.Demo;

namespace Aggregation.Cli.Tests.Samples;

/// <summary>The sample tenants as they are copied beside the command line.</summary>
internal static class SampleFolder
{
    public static DirectoryInfo Root { get; } = new(Path.Combine(AppContext.BaseDirectory, "samples"));

    public static async Task<SampleTenant> ReadAsync(string tenant) =>
        (await SampleTenant.ReadAllAsync(Root, CancellationToken.None)).Single(each => each.Tenant == tenant);
}
