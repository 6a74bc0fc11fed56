using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Rollups.Explaining;
using Aggregation.Gateway.Rollups.Watching;
using Grpc.Core;

namespace Aggregation.Gateway.Rollups;

/// <summary>Offices read totals 汇总.</summary>
internal sealed class RollupService(IGrainFactory grains, TotalReader totals, Explainer explainer, Watcher watcher)
    : V1.RollupService.RollupServiceBase
{
    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.Total> GetTotal(V1.GetTotalRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = LedgerMapping.Total(caller, request.Total);
        var total = await totals.GetTotal(caller, ledger, query, LedgerMapping.AsOf(request.Total), context.CancellationToken);
        return RollupMapping.Total(total);
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.ChildrenResponse> Children(V1.ChildrenRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = LedgerMapping.Total(caller, request.Total);
        var view = await totals.Children(caller, ledger, query, LedgerMapping.AsOf(request.Total), context.CancellationToken);
        var reply = new V1.ChildrenResponse { Total = RollupMapping.Total(view.Total) };
        reply.Parts.Capacity = view.Parts.Length;
        foreach (var part in view.Parts)
        {
            reply.Parts.Add(RollupMapping.Part(part));
        }

        return reply;
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.YearToDate> GetYearToDate(V1.GetYearToDateRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = LedgerMapping.Total(caller, request.Total);
        var asOf = LedgerMapping.AsOf(request.Total);
        var total = await grains.GetGrain<IYearToDateGrain>(ledger.ToString())
            .GetTotal(caller, query, asOf, context.CancellationToken);
        return RollupMapping.YearToDate(total);
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.Series> GetSeries(V1.GetSeriesRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = StructureMapping.Series(caller, request);
        return StructureMapping.Series(ledger, await grains.GetGrain<ISeriesGrain>(ledger.ToString()).GetSeries(caller, query));
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override Task Explain(
        V1.ExplainRequest request, IServerStreamWriter<V1.ExplainLine> responseStream, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = LedgerMapping.Total(caller, request.Total);
        return explainer.Explain(caller, ledger, query, request, responseStream, context.CancellationToken);
    }

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.AwaitResponse> Await(V1.AwaitRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var query = new AwaitQuery
        {
            Revision = request.Revision,
            AtUnit = LedgerMapping.Code("at_unit", request.AtUnit),
            Tree = LedgerMapping.Tree("tree", request.Tree),
        };
        try
        {
            var version = await grains.GetGrain<ILedgerGrain>(ledger.ToString())
                .Await(caller, query, context.CancellationToken);
            return new V1.AwaitResponse { Version = LedgerMapping.Version(version) };
        }
        catch (TimeoutException)
        {
            // A wait that outlasts the longest call has simply not come true yet, as with a deadline.
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "It is not included yet."));
        }
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override Task Watch(
        V1.WatchRequest request, IServerStreamWriter<V1.Total> responseStream, ServerCallContext context)
    {
        var (ledger, query) = LedgerMapping.Total(context.Caller(), request.Total);
        if (request.Total.AsOf is not null)
        {
            throw Faults.Refuse(Faults.NotTaken("total.as_of", "absent"));
        }

        LedgerVersion? after = request.After is null ? null : LedgerMapping.Version(request.After);
        return watcher.Watch(ledger, query, after, responseStream, context);
    }
}
