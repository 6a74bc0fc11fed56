using System.Diagnostics.CodeAnalysis;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Services by name, each with the health checks that make it up.</summary>
public sealed class ServiceMappingCollection
{
    private readonly Dictionary<string, Func<HealthCheckMapContext, bool>> mappings = new(StringComparer.Ordinal);

    internal IEnumerable<KeyValuePair<string, Func<HealthCheckMapContext, bool>>> Mappings => mappings;

    /// <summary>Maps the checks for which the predicate is true; replaces an earlier mapping of the name.</summary>
    public void Map(string name, Func<HealthCheckMapContext, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(predicate);
        mappings[name] = predicate;
    }

    internal bool TryGet(string name, [NotNullWhen(true)] out Func<HealthCheckMapContext, bool>? predicate) =>
        mappings.TryGetValue(name, out predicate);
}
