using System.Collections.Concurrent;
using Aggregation.Gateway.Limits;
using Aggregation.ServiceDefaults.Metrics;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Telemetry;

/// <summary>
/// Tenants as tags of metrics, at most so many: those with limits of their own first, then in the order in which they come. A tenant that has
/// its own never loses it, so that no counter goes back; all others are one.
/// </summary>
internal sealed class TenantLabels
{
    private const string Key = "aggregation.tenant";

    private static readonly KeyValuePair<string, object?> Other = new(Key, "other");

    private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>> labels = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private readonly int most;
    private bool full;

    public TenantLabels(IOptions<MetricsOptions> metrics, IOptions<LimitOptions> limits)
    {
        most = metrics.Value.Tenants;
        foreach (var tenant in limits.Value.Tenants.Keys.Order(StringComparer.Ordinal))
        {
            Of(tenant);
        }
    }

    public KeyValuePair<string, object?> Of(string tenant) =>
        labels.TryGetValue(tenant, out var label) ? label : Volatile.Read(ref full) ? Other : Add(tenant);

    private KeyValuePair<string, object?> Add(string tenant)
    {
        lock (gate)
        {
            if (labels.Count < most)
            {
                return labels.GetOrAdd(tenant, static name => new(Key, name));
            }

            Volatile.Write(ref full, true);
            return labels.GetValueOrDefault(tenant, Other);
        }
    }
}
