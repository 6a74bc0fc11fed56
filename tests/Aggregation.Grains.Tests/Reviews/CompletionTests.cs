using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>Level by level: an office signs its accepted total and reports it up, and the level above decides.</summary>
public sealed class CompletionTests(ClassSilo silo) : ReviewTest(silo)
{
    [Fact]
    public async Task Report_WhileAReportDirectlyBelowWaits_IsRefusedAndNamesIt()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyTwo, "b", 6);
        await AwaitAsync(await ActAsync(ReviewAct.Accept, CountyOne, "accept"));

        var refusal = await RefusedAsync(RefusalKind.FailedPrecondition, () => ReportAsync(County, "done"));

        Assert.Contains(CountyTwo, refusal.Message, StringComparison.Ordinal);
        await ActAsync(ReviewAct.Return, CountyTwo, "return");
        Assert.Equal(CompletionState.Reported, (await ReportAsync(County, "done")).Completion!.State);
    }

    [Fact]
    public async Task Report_ADigestThatIsNotTheTotals_IsRefused()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        var seen = (await ViewAsync(County, layer: Layer.Accepted)).Digest;
        await FileAndAcceptAsync(CountyTwo, 6);

        await RefusedAsync(RefusalKind.FailedPrecondition, () => ReportAsync(County, "done", seen));
        await RefusedAsync(RefusalKind.Invalid, () => ReportAsync(County, "done", ""));
    }

    [Fact]
    public async Task Report_BeforeAnOfficeBelowIsAccepted_IsRefused()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        await RefusedAsync(RefusalKind.FailedPrecondition, () => ReportAsync(City, "city done"));
        var county = await ReportAsync(County, "county done");
        await RefusedAsync(RefusalKind.FailedPrecondition, () => ReportAsync(City, "city done"));

        await DecideAsync(county, "decide", accept: true);

        Assert.Equal(CompletionState.Reported, (await ReportAsync(City, "city done")).Completion!.State);
    }

    [Fact]
    public async Task Accept_WhatWasSigned_IsKept()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        var reported = await ReportAsync(County, "done");

        var accepted = await DecideAsync(reported, "decide", accept: true, "agreed");
        await RestartAsync();

        var listed = Assert.Single(await Silo.Publications(Key(County)).List(Caller, default));
        Assert.Equal(accepted, listed);
        Assert.Equal(
            (CompletionState.Accepted, "it is complete", "agreed", "reviewer-*"),
            (listed.Completion!.State, listed.Completion.Text, listed.Completion.Decision!.Text, listed.Completion.Decision.Actor));
        Assert.Equal(reported.Hash, accepted.Hash);
    }

    [Fact]
    public async Task Accept_ATotalThatChangedSince_IsRefusedAndTheDifferenceShows()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        var reported = await ReportAsync(County, "done");
        await FileAndAcceptAsync(CountyOne, 8);

        await RefusedAsync(RefusalKind.FailedPrecondition, () => DecideAsync(reported, "decide", accept: true));

        var restatement = await Silo.Publications(Key(County)).Restate(Caller, new RestatementQuery(), default);
        Assert.Equal((5, 8), (Figure(restatement.Published.Cells), Figure(restatement.Current.Cells)));
        Assert.Equal([CountyOne], restatement.Submissions.Select(change => change.Unit));
        await DecideAsync(reported, "return", accept: false, "figures changed");
        Assert.Equal(CompletionState.Reported, (await ReportAsync(County, "done again")).Completion!.State);
    }

    [Fact]
    public async Task Decide_OnAnotherThanTheLast_IsStale()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        var first = await ReportAsync(County, "one");
        var second = await ReportAsync(County, "two");

        var refusal = await RefusedAsync(RefusalKind.Stale, () => DecideAsync(first, "decide", accept: true));
        await RefusedAsync(RefusalKind.Stale, () => DecideAsync(second with { Hash = first.Hash }, "decide", accept: true));

        Assert.Equal(second.Number, refusal.CurrentRevision);
    }

    [Fact]
    public async Task Decide_SameRequestAgain_SameAnswerAndAnotherIsRefused()
    {
        await FileAndAcceptAsync(CountyOne, 5);
        var reported = await ReportAsync(County, "done");
        var decided = await DecideAsync(reported, "decide", accept: true);

        Assert.Equal(decided, await DecideAsync(reported, "decide", accept: true));
        await RefusedAsync(RefusalKind.AlreadyExists, () => DecideAsync(reported, "decide", accept: false, "no"));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => DecideAsync(reported, "decide again", accept: false, "no"));
    }

    [Fact]
    public async Task Report_ByAnAdministratorOrTheLevelAbove_IsForbidden()
    {
        await RefusedAsync(RefusalKind.Forbidden, () => ReportAsync(County, "done", caller: Caller with { Submit = null }));
        await RefusedAsync(RefusalKind.Forbidden, () => ReportAsync(County, "done", caller: Reviewer()));
    }

    private async Task FileAndAcceptAsync(string unit, long value)
    {
        var requestId = $"{unit}-{Text(value)}";
        await SubmitAsync(unit, requestId, value);
        await AwaitAsync(await ActAsync(ReviewAct.Accept, unit, requestId + "-accept"));
    }

    private async Task<PublicationView> ReportAsync(
        string unit, string requestId, string? digest = null, Caller? caller = null) =>
        await Silo.Publications(Key(unit)).Publish(
            caller ?? Submitter(unit),
            new PublishCommand
            {
                RequestId = requestId,
                Query = new TotalQuery { Layer = Layer.Accepted },
                ExpectedDigest = digest ?? (await ViewAsync(unit, layer: Layer.Accepted)).Digest,
                IsCompletion = true,
                Text = "it is complete",
            },
            CancellationToken.None);

    private Task<PublicationView> DecideAsync(PublicationView completion, string requestId, bool accept, string text = "") =>
        Silo.Publications(completion.Ledger).Decide(
            Reviewer(),
            new DecideCompletionCommand
            {
                RequestId = requestId, Number = completion.Number, Hash = completion.Hash, Accept = accept, Text = text,
            },
            CancellationToken.None);
}
