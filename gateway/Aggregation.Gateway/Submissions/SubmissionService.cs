using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Errors;
using Aggregation.Gateway.Limits;
using Aggregation.Gateway.Mapping;
using Aggregation.Gateway.Persons;
using Aggregation.Gateway.Streams;
using Aggregation.Gateway.Texts;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace Aggregation.Gateway.Submissions;

/// <summary>Lower units file their figures.</summary>
internal sealed class SubmissionService(
    IGrainFactory grains, Authenticator authenticator, IOptions<GatewayOptions> options, BatchItems items, CallQuotas quotas,
    ActorNames names)
    : V1.SubmissionService.SubmissionServiceBase
{
    private readonly int maxCells = options.Value.MaxCells;

    [Requires(Roles.Submitter)]
    public override async Task<V1.Receipt> Submit(V1.SubmitRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var command = SubmissionMapping.Command(request, maxCells);
        return SubmissionMapping.Receipt(await ledger.Submit(caller, command, context.CancellationToken));
    }

    [Requires(Roles.Submitter)]
    public override async Task SubmitMany(
        IAsyncStreamReader<V1.SubmitRequest> requestStream,
        IServerStreamWriter<V1.SubmitManyResponse> responseStream,
        ServerCallContext context)
    {
        using var batch = new SubmitManyCall(requestStream, responseStream, options.Value.MaxBatchInFlight, Answer);
        await Together.Run(
            context.CancellationToken,
            batch.Read,
            batch.Write,
            cancellation => authenticator.Guard(context.Authorization(), context.Credential(), cancellation));

        async Task<V1.SubmitManyResponse> Answer(V1.SubmitRequest request)
        {
            await quotas.WaitAsync(context.Caller(), request, context.CancellationToken);
            return await items.Answer(request, context, () =>
            {
                RequestTexts.Require(request);
                return Submit(request, context);
            });
        }
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.ValidateResponse> Validate(V1.SubmitRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var command = SubmissionMapping.Command(request, maxCells);
        try
        {
            return SubmissionMapping.Findings(await ledger.Validate(caller, command, context.CancellationToken));
        }
        catch (RefusedException refused) when (refused.Kind == RefusalKind.Invalid && refused.Violations.Length > 0)
        {
            // What Submit would say only as far as a client's metadata goes.
            return new V1.ValidateResponse { Violations = { Failure.Of(refused).Refusal!.Violations } };
        }
    }

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.Submission> Get(V1.GetSubmissionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var revision = request.HasRevision ? request.Revision : (long?)null;
        var reply = SubmissionMapping.Submission(await ledger.Get(caller, revision, context.CancellationToken));
        if (request.Names)
        {
            await names.AddAsync(caller, [reply]);
        }

        return reply;
    }

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.HistoryResponse> History(V1.HistoryRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var reply = new V1.HistoryResponse();
        foreach (var submission in await ledger.History(caller, context.CancellationToken))
        {
            reply.Submissions.Add(SubmissionMapping.Submission(submission));
        }

        if (request.Names)
        {
            await names.AddAsync(caller, reply.Submissions);
        }

        return reply;
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.Receipt> Withdraw(V1.WithdrawRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var command = SubmissionMapping.Command(request);
        return SubmissionMapping.Receipt(await ledger.Withdraw(caller, command, context.CancellationToken));
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.Draft> SaveDraft(V1.SaveDraftRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var content = request.Content ?? throw Faults.Refuse(Faults.Missing("content"));
        var drafts = Drafts(caller, content.Unit, content.Form, content.Period);
        var expected = request.HasExpectedVersion ? request.ExpectedVersion : (long?)null;
        var command = SubmissionMapping.Command(content, maxCells);
        return DraftMapping.Draft(await drafts.Save(caller, command, expected, context.CancellationToken));
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.Draft> GetDraft(V1.GetDraftRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var drafts = Drafts(caller, request.Unit, request.Form, request.Period);
        return DraftMapping.Draft(await drafts.Get(caller, context.CancellationToken));
    }

    [Requires(Roles.Submitter)]
    public override async Task<V1.DiscardDraftResponse> DiscardDraft(V1.DiscardDraftRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var drafts = Drafts(caller, request.Unit, request.Form, request.Period);
        await (request.HasExpectedVersion
            ? drafts.DiscardVersion(caller, request.ExpectedVersion, context.CancellationToken)
            : drafts.Discard(caller, context.CancellationToken));
        return new V1.DiscardDraftResponse();
    }

    [Requires(Roles.Submitter | Roles.Viewer | Roles.Reviewer)]
    public override async Task<V1.VerifyReceiptResponse> VerifyReceipt(
        V1.VerifyReceiptRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var ledger = Ledger(caller, request.Unit, request.Form, request.Period);
        var query = ReceiptMapping.Query(request);
        return ReceiptMapping.Verification(await ledger.VerifyReceipt(caller, query, context.CancellationToken));
    }

    private ILedgerGrain Ledger(Caller caller, string unit, string form, string period) =>
        grains.GetGrain<ILedgerGrain>(LedgerMapping.Ledger(caller, unit, form, period).ToString());

    private IDraftGrain Drafts(Caller caller, string unit, string form, string period) =>
        grains.GetGrain<IDraftGrain>(LedgerMapping.Ledger(caller, unit, form, period).ToString());
}
