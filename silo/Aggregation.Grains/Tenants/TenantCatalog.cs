using System.Collections.Concurrent;
using Aggregation.Domain.Structure;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>
/// The tenants as this silo knows them, folded from the journal. Ledgers read it without waiting; it never goes back to
/// an older version of a tenant.
/// </summary>
internal sealed class TenantCatalog(IJournal journal)
{
    private readonly ConcurrentDictionary<string, TenantState> _tenants = new(StringComparer.Ordinal);

    /// <summary>Tenants looked at since this silo started.</summary>
    public IEnumerable<string> Known => _tenants.Keys;

    /// <summary>Called with the tenant whose structure has become another, on any thread; must not wait.</summary>
    public Action<string> StructureChanged { get; set; } = static _ => { };

    /// <summary>The tenant as last seen; reads the journal only if it was never seen.</summary>
    public async ValueTask<TenantState> GetAsync(string tenant) =>
        _tenants.TryGetValue(tenant, out var state) ? state : await RefreshAsync(tenant);

    /// <summary>The tenant as last seen, which was seen before.</summary>
    public TenantState Seen(string tenant) => _tenants[tenant];

    /// <summary>Reads what the journal has beyond what was seen.</summary>
    public async Task<TenantState> RefreshAsync(string tenant)
    {
        var known = _tenants.GetValueOrDefault(tenant) ?? new TenantState { Tenant = tenant };
        var entries = await journal.ReadStreamAsync(tenant, TenantState.Stream, known.Version, CancellationToken.None);

        // A tenant that is being imported does not exist yet. Its entries come after the record of the import.
        if (known.Version == 0 && entries.Count > 0 && (await ImportRecord.ReadAsync(journal, tenant)).IsOpen)
        {
            return known;
        }

        var state = entries.Aggregate(known, (state, entry) => state.Apply(entry));

        // A name that is no tenant is not remembered: anybody may ask for one.
        return state.Exists ? Keep(state) : state;
    }

    /// <summary>The tenant's structure, read anew if the one last seen is older than this.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async ValueTask<AdministrativeStructure> FollowAsync(string tenant, long structureVersion)
    {
        var state = await GetAsync(tenant);
        return (state.Structure.Version >= structureVersion ? state : await RefreshAsync(tenant)).Structure;
    }

    /// <summary>Takes in an entry that was just appended.</summary>
    public TenantState Apply(TenantState before, StoredEntry entry) => Keep(before.Apply(entry));

    private TenantState Keep(TenantState state)
    {
        var before = _tenants.GetValueOrDefault(state.Tenant);
        var kept = _tenants.AddOrUpdate(
            state.Tenant, state, (_, present) => present.Version >= state.Version ? present : state);
        if (before is not null && before.Structure.Version < kept.Structure.Version)
        {
            StructureChanged(kept.Tenant);
        }

        return kept;
    }
}
