using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Trails;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Persons;
using Grpc.Core;

namespace Aggregation.Gateway.Trails;

/// <summary>Who decided what, page by page, as the journal's chain has it.</summary>
internal sealed class TrailService(IGrainFactory grains, ActorNames names) : V1.TrailService.TrailServiceBase
{
    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override Task ReadReportTrail(
        V1.ReadReportTrailRequest request, IServerStreamWriter<V1.TrailEntry> responseStream, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var trail = request.Trail switch
        {
            V1.ReportTrail.Unspecified or V1.ReportTrail.Report => ReportTrail.Report,
            V1.ReportTrail.Publications => ReportTrail.Publications,
            _ => throw Faults.Refuse(Faults.OutOfRange("trail", (long)request.Trail, 0, 2)),
        };
        var grain = Grain(caller);
        return WriteAsync(
            caller, request.After, request.Names, after => grain.ReadReport(caller, ledger, trail, after, context.CancellationToken),
            responseStream, context);
    }

    [Requires(Roles.Administrator)]
    public override Task ReadTenantTrail(
        V1.ReadTenantTrailRequest request, IServerStreamWriter<V1.TrailEntry> responseStream, ServerCallContext context)
    {
        var caller = context.Caller();
        var grain = Grain(caller);
        return WriteAsync(
            caller, request.After, request.Names, after => grain.ReadTenant(caller, after, context.CancellationToken), responseStream, context);
    }

    private async Task WriteAsync(
        Caller caller, long after, bool named, Func<long, Task<ImmutableArray<TrailEntry>>> read,
        IServerStreamWriter<V1.TrailEntry> responses, ServerCallContext context)
    {
        while (await read(after) is { Length: > 0 } page)
        {
            var entries = page.Select(read => new V1.TrailEntry
            {
                Tenant = caller.Tenant, Entry = TransferMapping.Entry(read.Entry), Text = read.Text,
            }).ToList();
            if (named)
            {
                await names.AddAsync(caller, entries);
            }

            foreach (var entry in entries)
            {
                await responses.WriteAsync(entry, context.CancellationToken);
            }

            after = page[^1].Entry.Version;
        }
    }

    private ITrailGrain Grain(Caller caller) => grains.GetGrain<ITrailGrain>(TenantKeys.TrailOf(caller.Tenant));
}
