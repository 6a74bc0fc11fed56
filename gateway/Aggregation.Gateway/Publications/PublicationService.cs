using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Publications;

/// <summary>Offices make totals official, and see what became of them.</summary>
internal sealed class PublicationService(IGrainFactory grains) : V1.PublicationService.PublicationServiceBase
{
    [Requires(Roles.Submitter | Roles.Administrator)]
    public override async Task<V1.Publication> Publish(V1.PublishRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var (ledger, query) = LedgerMapping.Total(caller, request.Total);
        if (request.Total.AsOf is not null)
        {
            throw Faults.Refuse(Faults.NotTaken("total.as_of", "absent"));
        }

        var command = new PublishCommand
        {
            RequestId = request.RequestId, Query = query, ExpectedDigest = request.ExpectedDigest,
        };
        return PublicationMapping.Publication(await Grain(ledger).Publish(caller, command, context.CancellationToken));
    }

    [Requires(Roles.Member)]
    public override async Task<V1.ListPublicationsResponse> ListPublications(
        V1.ListPublicationsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var reply = new V1.ListPublicationsResponse();
        foreach (var publication in await Grain(ledger).List(caller, context.CancellationToken))
        {
            reply.Publications.Add(PublicationMapping.Publication(publication));
        }

        return reply;
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.PublishedTotal> GetPublication(V1.GetPublicationRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var number = request.HasNumber ? request.Number : (long?)null;
        return PublicationMapping.Published(await Grain(ledger).Get(caller, number, context.CancellationToken));
    }

    [Requires(Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.Restatement> GetRestatement(V1.GetRestatementRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var query = PublicationMapping.Query(request);
        return PublicationMapping.Restatement(await Grain(ledger).Restate(caller, query, context.CancellationToken));
    }

    private IPublicationGrain Grain(LedgerKey ledger) => grains.GetGrain<IPublicationGrain>(ledger.ToString());
}
