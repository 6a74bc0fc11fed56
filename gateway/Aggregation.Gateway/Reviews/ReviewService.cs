using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Rollups;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Reviews;

/// <summary>Offices review what the units below them filed, and report their own completion.</summary>
internal sealed class ReviewService(IGrainFactory grains, IOptions<GatewayOptions> options, ManyReviews many)
    : V1.ReviewService.ReviewServiceBase
{
    [Requires(Roles.Reviewer)]
    public override Task<V1.Receipt> Accept(V1.ReviewRequest request, ServerCallContext context) =>
        Review(request, ReviewAct.Accept, context);

    [Requires(Roles.Reviewer)]
    public override Task<V1.Receipt> Return(V1.ReviewRequest request, ServerCallContext context) =>
        Review(request, ReviewAct.Return, context);

    [Requires(Roles.Reviewer)]
    public override Task<V1.Receipt> Reopen(V1.ReviewRequest request, ServerCallContext context) =>
        Review(request, ReviewAct.Reopen, context);

    [Requires(Roles.Reviewer)]
    public override Task<V1.Receipt> Lock(V1.ReviewRequest request, ServerCallContext context) =>
        Review(request, ReviewAct.Lock, context);

    [Requires(Roles.Submitter)]
    public override Task<V1.Receipt> Sign(V1.ReviewRequest request, ServerCallContext context) =>
        Review(request, ReviewAct.Sign, context);

    [Requires(Roles.Reviewer)]
    public override Task<V1.AcceptManyResponse> AcceptMany(V1.AcceptManyRequest request, ServerCallContext context) =>
        many.Accept(request, context);

    [Requires(Roles.Reviewer)]
    public override Task<V1.LockBelowResponse> LockBelow(V1.LockBelowRequest request, ServerCallContext context) =>
        many.Lock(request, context);

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.Standing> GetStanding(V1.GetStandingRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var standing = request.Content is { } content
            ? await Ledger(ledger).GetStandingOf(caller, SubmissionMapping.Command(content, options.Value.MaxCells), context.CancellationToken)
            : await Ledger(ledger).GetStanding(caller);
        return ReviewMapping.Standing(standing);
    }

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.ListStandingsResponse> ListStandings(
        V1.ListStandingsRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var tree = LedgerMapping.Tree("tree", request.Tree);
        var standings = await Ledger(ledger).ListStandings(caller, tree, context.CancellationToken);
        return new V1.ListStandingsResponse { Standings = { standings.Select(ReviewMapping.Standing) } };
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.Publication> ReportCompletion(
        V1.ReportCompletionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var command = new PublishCommand
        {
            RequestId = request.RequestId,
            Query = new TotalQuery
            {
                Tree = LedgerMapping.Tree("tree", request.Tree), Scope = Scope.Region, Layer = Layer.Accepted,
            },
            ExpectedDigest = request.ExpectedDigest.ToLowerInvariant(),
            IsCompletion = true,
            Text = request.Text,
        };
        return PublicationMapping.Publication(await Publications(ledger).Publish(caller, command, context.CancellationToken));
    }

    [Requires(Roles.Reviewer)]
    public override async Task<V1.Publication> DecideCompletion(
        V1.DecideCompletionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var command = new DecideCompletionCommand
        {
            RequestId = request.RequestId,
            Number = request.Number,
            Hash = request.Hash.ToLowerInvariant(),
            Accept = request.Accept,
            Text = request.Text,
        };
        return PublicationMapping.Publication(await Publications(ledger).Decide(caller, command, context.CancellationToken));
    }

    private async Task<V1.Receipt> Review(V1.ReviewRequest request, ReviewAct act, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = LedgerMapping.Ledger(caller, request.Unit, request.Form, request.Period);
        var command = ReviewMapping.Command(request, act, options.Value.MaxCells);
        return SubmissionMapping.Receipt(await Ledger(ledger).Review(caller, command, context.CancellationToken));
    }

    private ILedgerGrain Ledger(LedgerKey ledger) => grains.GetGrain<ILedgerGrain>(ledger.ToString());

    private IPublicationGrain Publications(LedgerKey ledger) => grains.GetGrain<IPublicationGrain>(ledger.ToString());
}
