using Aggregation.V1;
using Google.Protobuf;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Three reports, and every act that was asked for, in order.</summary>
internal sealed class FakeReviews(FakeAnswers answers) : ReviewService.ReviewServiceBase
{
    public static string Hash(string unit) => new(unit[^1], 64);

    public override Task<Receipt> Accept(ReviewRequest request, ServerCallContext context) => Keep("accept", request);

    public override Task<Receipt> Return(ReviewRequest request, ServerCallContext context) => Keep("return", request);

    public override Task<Receipt> Reopen(ReviewRequest request, ServerCallContext context) => Keep("reopen", request);

    public override Task<Receipt> Lock(ReviewRequest request, ServerCallContext context) => Keep("lock", request);

    public override Task<Receipt> Sign(ReviewRequest request, ServerCallContext context) => Keep("sign", request);

    public override Task<Standing> GetStanding(GetStandingRequest request, ServerCallContext context) =>
        Task.FromResult(Standing(request.Unit, ReportState.Submitted, signed: false));

    public override Task<ListStandingsResponse> ListStandings(ListStandingsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListStandingsResponse
        {
            Standings =
            {
                Standing("a", ReportState.Submitted, signed: true),
                Standing("b", ReportState.Submitted, signed: false),
                Standing("c", ReportState.Returned, signed: false),
            },
        });

    public override Task<AcceptManyResponse> AcceptMany(AcceptManyRequest request, ServerCallContext context)
    {
        answers.Reviewed.Add(("accept-many", request));
        var outcomes = request.Items.Select(item => item.Unit == "b"
            ? new ReviewOutcome { Unit = "b", Error = new ItemError { Code = 10, Message = "an edit came in between" } }
            : new ReviewOutcome { Unit = item.Unit, Receipt = new Receipt { Unit = item.Unit } }).ToList();
        var skipped = outcomes.Count(outcome => outcome.Error is not null);
        return Task.FromResult(new AcceptManyResponse
        {
            Outcomes = { outcomes }, Accepted = outcomes.Count - skipped, Skipped = skipped,
        });
    }

    public override Task<LockBelowResponse> LockBelow(LockBelowRequest request, ServerCallContext context)
    {
        answers.Reviewed.Add(("lock-below", request));
        return Task.FromResult(new LockBelowResponse { Locked = 4 });
    }

    public override Task<Publication> ReportCompletion(ReportCompletionRequest request, ServerCallContext context) =>
        Complete("report", request, CompletionState.Reported);

    public override Task<Publication> DecideCompletion(DecideCompletionRequest request, ServerCallContext context) =>
        Complete("decide", request, request.Accept ? CompletionState.Accepted : CompletionState.Returned);

    private Task<Publication> Complete(string act, IMessage request, CompletionState state)
    {
        answers.Reviewed.Add((act, request));
        var publication = FakePublications.Number(1, new TotalSelector { Unit = "a", Tree = "territory" });
        publication.Completion = new Completion { State = state };
        return Task.FromResult(publication);
    }

    private Task<Receipt> Keep(string act, ReviewRequest request)
    {
        answers.Reviewed.Add((act, request));
        return Task.FromResult(new Receipt { Unit = request.Unit, RequestId = request.RequestId, Revision = 2, Hash = new string('f', 64) });
    }

    private static Standing Standing(string unit, ReportState state, bool signed) => new()
    {
        Unit = unit, UnitName = $"name of {unit}", State = state, Revision = 3, Hash = Hash(unit), Signed = signed,
    };
}
