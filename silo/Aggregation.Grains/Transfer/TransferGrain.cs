using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Transfer;

/// <summary>Reads a tenant's entries page by page, and takes them in elsewhere. Keeps nothing between calls.</summary>
internal sealed class TransferGrain(IJournal journal, TenantCatalog catalog, FormCatalog forms, ImportWriter writer, TimeProvider clock)
    : Grain, ITransferGrain
{
    /// <summary>Entries in a page: what a call and its answer hold in memory.</summary>
    private const int PageLength = 256;

    private string Tenant => TenantKeys.TransferredOf(this.GetPrimaryKeyString());

    public async Task<ExportView> OpenExport(Caller caller, CancellationToken cancellation)
    {
        Access.RequireAdministrator(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        var through = await journal.ReadPositionAsync(cancellation);
        var used = await journal.ReadFormsAsync(Tenant, cancellation);
        return new ExportView
        {
            Name = state.Name,
            At = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds()),
            Through = through,
            Entries = await CountAsync(through, cancellation),
            Forms = [.. used.Select(form => new TransferForm(form, forms.Get(form).ContentHash, forms.DefinitionOf(form)))],
        };
    }

    public async Task<ImmutableArray<TransferEntry>> ReadExport(Caller caller, ExportPoint after, CancellationToken cancellation)
    {
        Access.RequireAdministrator(caller, Tenant);
        await RequireHeldAsync(after, cancellation);
        var at = (after.Stream, after.Version);
        while (true)
        {
            var page = await journal.ReadPageAsync(Tenant, at, after.Through, PageLength, cancellation);
            if (page.Count == 0)
            {
                return [];
            }

            // A page of nothing but what concerns this journal alone is not the end.
            at = (page[^1].Stream, page[^1].Version);
            var exported = page.Where(entry => entry.Stream != ImportRecord.Stream).Select(TransferEntries.Of).ToImmutableArray();
            if (exported.Length > 0)
            {
                return exported;
            }
        }
    }

    public async Task<int> Import(Caller caller, string export, ImmutableArray<TransferEntry> entries)
    {
        Access.RequirePlatform(caller);
        (await ImportRecord.ReadAsync(journal, Tenant)).RequireOpen(Tenant, export);
        return await writer.WriteAsync(Tenant, entries);
    }

    private async Task<long> CountAsync(long through, CancellationToken cancellation)
    {
        var all = await journal.CountEntriesAsync(Tenant, through, cancellation);
        var own = await journal.ReadStreamAsync(Tenant, ImportRecord.Stream, 0, cancellation);
        return all - own.Count(entry => entry.Position <= through);
    }

    /// <summary>An export that is taken up again must go on in the journal that it began in.</summary>
    private async Task RequireHeldAsync(ExportPoint after, CancellationToken cancellation)
    {
        if (after.Hash.Length == 0)
        {
            return;
        }

        var page = await journal.ReadPageAsync(Tenant, (after.Stream, after.Version - 1), after.Through, 1, cancellation);
        var last = await journal.ReadPositionAsync(cancellation);
        if (after.Through > last || page.Count == 0 || page[0].Stream != after.Stream || page[0].Version != after.Version
            || !page[0].Hash.Span.SequenceEqual(after.Hash.AsSpan()))
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"The journal is not the one that this export of '{Tenant}' began in; begin it again.");
        }
    }
}
