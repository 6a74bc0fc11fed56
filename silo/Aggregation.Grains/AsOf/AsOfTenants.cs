using System.Collections.Concurrent;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.AsOf;

/// <summary>Tenants as they were: their structure and settings at a point in the past.</summary>
internal sealed class AsOfTenants(IJournal journal, TenantCatalog catalog)
{
    /// <summary>A version of a province's structure takes some megabytes; few are asked for again and again.</summary>
    private const int MostKept = 8;

    private readonly ConcurrentDictionary<(string Tenant, long Version), TenantState> _kept = new();

    /// <returns>The tenant, which does not exist if it did not then.</returns>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<TenantState> AtAsync(string tenant, JournalPoint point, CancellationToken cancellation)
    {
        var entries = await journal.ReadStreamAsync(tenant, TenantState.Stream, 0, cancellation);
        var length = point.LengthOf(entries);
        var none = new TenantState { Tenant = tenant };
        if (length == 0)
        {
            return none;
        }

        var version = entries[length - 1].Version;
        var now = await catalog.GetAsync(tenant);
        if (now.Version == version)
        {
            return now;
        }

        if (_kept.TryGetValue((tenant, version), out var kept))
        {
            return kept;
        }

        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        return _kept.GetOrAdd((tenant, version), entries.Take(length).Aggregate(none, (state, entry) => state.Apply(entry)));
    }
}
