using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>What each act makes of a report and of the totals above it.</summary>
public sealed class ReviewTests(ClassSilo silo) : ReviewTest(silo)
{
    [Fact]
    public async Task Accept_WhatWasFiled_CountsAsAcceptedUpTheTree()
    {
        await SubmitAndAwaitAsync(CountyTwo, "other", 7);
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        Assert.Equal((12, null), await LayersAsync(Province));
        Assert.Equal(ReportState.Submitted, (await StandingAsync(CountyOne)).State);

        await AwaitAsync(await ActAsync(ReviewAct.Accept, CountyOne, "accept"));

        Assert.Equal((12, 5), await LayersAsync(Province));
        Assert.Equal(new Coverage(9, 2, 1, 0, 0), (await ViewAsync(Province)).Coverage);
        Assert.Equal(ReportState.Accepted, (await StandingAsync(CountyOne)).State);
    }

    [Fact]
    public async Task Accept_AfterAnEditInBetween_IsStaleAndAcceptsNothing()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var seen = await StandingAsync(CountyOne);
        await SubmitAndAwaitAsync(CountyOne, "b", 6);

        var refusal = await RefusedAsync(RefusalKind.Stale, () =>
            Ledger(CountyOne).Review(Reviewer(), Act(ReviewAct.Accept, "accept", seen), CancellationToken.None));

        Assert.Equal(2, refusal.CurrentRevision);
        Assert.Equal((6, null), await LayersAsync(Province));
    }

    [Fact]
    public async Task Accept_TheRightRevisionWithAnotherHash_IsStale()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var seen = await StandingAsync(CountyOne) with { Hash = new string('0', 64) };

        await RefusedAsync(RefusalKind.Stale, () =>
            Ledger(CountyOne).Review(Reviewer(), Act(ReviewAct.Accept, "accept", seen), CancellationToken.None));
    }

    [Fact]
    public async Task Accept_ACorrection_ReplacesWhatWasAcceptedBefore()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Accept, CountyOne, "accept");
        await SubmitAndAwaitAsync(CountyOne, "b", 6);
        Assert.Equal((6, 5), await LayersAsync(Province));

        await AwaitAsync(await ActAsync(ReviewAct.Accept, CountyOne, "accept again"));

        Assert.Equal((6, 6), await LayersAsync(Province));
    }

    [Fact]
    public async Task Return_WithReasons_CountsNoMoreUntilItIsFiledAgain()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var seen = await StandingAsync(CountyOne);
        var receipt = await Ledger(CountyOne).Review(
            Reviewer(), Act(ReviewAct.Return, "return", seen, "sums differ", new CellRemark("1.1", "three too many")), default);
        await AwaitAsync(receipt);

        Assert.Equal((null, null), await LayersAsync(Province));
        Assert.Equal(new Coverage(9, 0, 0, 1, 0), (await ViewAsync(Province)).Coverage);
        Assert.Equal((ReportState.Returned, 1), ((await StandingAsync(CountyOne)).State, (await StandingAsync(CountyOne)).Revision));
        var view = await Ledger(CountyOne).Get(Submitter(CountyOne), 1, default);
        Assert.Equal(SubmissionState.Returned, view.State);
        var decision = Assert.Single(view.Decisions);
        Assert.Equal(
            (ReviewAct.Return, 2L, "reviewer-*", "sums differ", receipt.At),
            (decision.Act, decision.Number, decision.Actor, decision.Text, decision.At));
        Assert.Equal(new CellRemark("1.1", "three too many"), Assert.Single(decision.Cells));

        await SubmitAndAwaitAsync(CountyOne, "b", 2);

        Assert.Equal((2, null), await LayersAsync(Province));
        Assert.Equal(new Coverage(9, 1, 0, 0, 0), (await ViewAsync(Province)).Coverage);
    }

    [Fact]
    public async Task Return_ACorrection_LeavesWhatWasAcceptedBefore()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Accept, CountyOne, "accept");
        await SubmitAsync(CountyOne, "b", 6);

        await AwaitAsync(await ActAsync(ReviewAct.Return, CountyOne, "return"));

        Assert.Equal((5, 5), await LayersAsync(Province));
        Assert.Equal(new Coverage(9, 1, 1, 1, 0), (await ViewAsync(Province)).Coverage);
    }

    [Fact]
    public async Task Reopen_AnAcceptedReport_IsAcceptedNoMore()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Accept, CountyOne, "accept");

        await AwaitAsync(await ActAsync(ReviewAct.Reopen, CountyOne, "reopen", text: "a figure is in doubt"));

        Assert.Equal((5, null), await LayersAsync(Province));
        Assert.Equal(ReportState.Submitted, (await StandingAsync(CountyOne)).State);
        Assert.Equal(SubmissionState.Submitted, (await Ledger(CountyOne).Get(Caller, 1, default)).State);
        await ActAsync(ReviewAct.Accept, CountyOne, "accept again");
    }

    [Fact]
    public async Task Lock_AnAcceptedReport_RefusesEveryEditUntilItIsReopened()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Accept, CountyOne, "accept");
        await ActAsync(ReviewAct.Lock, CountyOne, "lock");

        await RefusedAsync(RefusalKind.FailedPrecondition, () => SubmitAsync(CountyOne, "b", 6));
        await RefusedAsync(RefusalKind.FailedPrecondition, () => WithdrawAsync(CountyOne, "c"));
        await RestartAsync();
        await RefusedAsync(RefusalKind.FailedPrecondition, () => SubmitAsync(CountyOne, "b", 6));

        // What was taken before is still the same request.
        Assert.Equal(1, (await SubmitAsync(CountyOne, "a", 5)).Revision);
        await ActAsync(ReviewAct.Reopen, CountyOne, "reopen", text: "to be corrected");
        Assert.Equal(5, (await SubmitAndAwaitAsync(CountyOne, "b", 6)).Revision);
        Assert.Equal((6, null), await LayersAsync(Province));
    }

    [Fact]
    public async Task Lock_AUnitThatFiledNothing_RefusesItsFirstReport()
    {
        await ActAsync(ReviewAct.Lock, CountyOne, "lock");

        await RefusedAsync(RefusalKind.FailedPrecondition, () => SubmitAsync(CountyOne, "a", 5));
        Assert.Equal((ReportState.None, true), ((await StandingAsync(CountyOne)).State, (await StandingAsync(CountyOne)).IsLocked));
    }

    [Fact]
    public async Task Sign_ThenAnEdit_TheSignatureIsVoid()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Sign, CountyOne, "sign", text: "I stand for it");
        Assert.True((await StandingAsync(CountyOne)).IsSigned);

        await SubmitAsync(CountyOne, "b", 6);

        Assert.False((await StandingAsync(CountyOne)).IsSigned);
    }

    [Fact]
    public async Task Accept_WhereSignaturesAreRequired_TakesOneOfThisRevision()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, RequireSignature: true, FourEyes: false));
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Sign, CountyOne, "sign");
        await SubmitAsync(CountyOne, "b", 6);

        var refusal = await RefusedAsync(RefusalKind.FailedPrecondition, () => ActAsync(ReviewAct.Accept, CountyOne, "unsigned"));

        Assert.Equal($"Revision 3 of {CountyOne} is not signed: its head signs it before it is accepted.", refusal.Message);
        await ActAsync(ReviewAct.Sign, CountyOne, "sign again");
        await RestartAsync();
        await AwaitAsync(await ActAsync(ReviewAct.Accept, CountyOne, "accept"));
        Assert.Equal((6, 6), await LayersAsync(Province));
    }

    [Fact]
    public async Task Return_WhereSignaturesAreRequired_TakesNone()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, RequireSignature: true, FourEyes: false));
        await SubmitAsync(CountyOne, "a", 5);

        await ActAsync(ReviewAct.Return, CountyOne, "return");

        Assert.Equal(ReportState.Returned, (await StandingAsync(CountyOne)).State);
    }

    [Fact]
    public async Task AsOf_BeforeAnAct_ShowsTheLayersOfThen()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var before = await Silo.AsOf(Key(Province)).GetTotal(
            Caller, new TotalQuery { Layer = Layer.Submitted }, new AsOfPoint { At = Silo.Clock.GetUtcNow() }, default);
        await ActAsync(ReviewAct.Return, CountyOne, "return");

        var then = await Silo.AsOf(Key(Province)).GetTotal(Caller, new TotalQuery(), before.AsOf!, default);
        var now = await Silo.AsOf(Key(Province)).GetTotal(
            Caller, new TotalQuery(), new AsOfPoint { At = Silo.Clock.GetUtcNow() }, default);

        Assert.Equal((5, null), (Figure(then.Cells), Figure(now.Cells)));
        Assert.Equal((0, 1), (then.Coverage.Returned, now.Coverage.Returned));
    }
}
