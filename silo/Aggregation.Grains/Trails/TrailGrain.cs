using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Trails;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Publications;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Reviews;
using Aggregation.Grains.Tenants;
using Aggregation.Grains.Transfer;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Trails;

/// <summary>Every answer is a page of a stream as the journal has it.</summary>
internal sealed class TrailGrain(IJournal journal, TenantCatalog tenants, FormCatalog forms) : Grain, ITrailGrain
{
    /// <summary>Entries in a page: one that holds a province's publication takes some 200 KB.</summary>
    private const int PageSize = 64;

    public async Task<ImmutableArray<TrailEntry>> ReadReport(
        Caller caller, LedgerKey ledger, ReportTrail trail, long after, CancellationToken cancellation)
    {
        Access.RequireTenant(caller, ledger.Tenant);
        var frame = LedgerFrame.Read(ledger, forms);
        var structure = (await tenants.GetAsync(ledger.Tenant)).Structure;
        Access.RequireOwn(caller, structure, frame.Day, ledger.Unit);
        LedgerShape.RequireKnown(structure, frame);
        var stream = trail == ReportTrail.Report ? ledger.Stream : Publication.StreamOf(ledger);
        return await PageAsync(ledger.Tenant, stream, after, cancellation);
    }

    public Task<ImmutableArray<TrailEntry>> ReadTenant(Caller caller, long after, CancellationToken cancellation)
    {
        Access.RequireAdministrator(caller, caller.Tenant);
        return PageAsync(caller.Tenant, TenantState.Stream, after, cancellation);
    }

    private async Task<ImmutableArray<TrailEntry>> PageAsync(
        string tenant, string stream, long after, CancellationToken cancellation)
    {
        var through = await journal.ReadPositionAsync(cancellation);
        var entries = await journal.ReadPageAsync(tenant, (stream, Math.Max(0, after)), through, PageSize, cancellation);
        return [.. entries.TakeWhile(entry => entry.Stream == stream).Select(entry => new TrailEntry(TransferEntries.Of(entry), TextOf(entry)))];
    }

    private static string TextOf(StoredEntry entry) => entry.Kind switch
    {
        EntryKinds.Withdrawn => WithdrawnEntry.Parser.ParseFrom(entry.Payload.Span).Reason,
        EntryKinds.Published => PublishedEntry.Parser.ParseFrom(entry.Payload.Span).Text,
        EntryKinds.CompletionAccepted or EntryKinds.CompletionReturned =>
            CompletionDecidedEntry.Parser.ParseFrom(entry.Payload.Span).Text,
        _ => ReviewCodec.Read(entry)?.Text ?? "",
    };
}
