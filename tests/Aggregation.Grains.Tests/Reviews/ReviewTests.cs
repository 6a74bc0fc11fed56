using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Grains.Tests.Reviews;

public sealed class ReviewTests : ReviewTest
{
    [Fact]
    public async Task Accept_WhatWasFiled_CountsAsAcceptedUpTheTree()
    {
        await SubmitAsync(CountyTwo, "other", 7);
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
        await Silo.Tenant("south").ChangeSettings(Caller, new TenantSettings(AutoAccept: false, RequireSignature: true));
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
        await Silo.Tenant("south").ChangeSettings(Caller, new TenantSettings(AutoAccept: false, RequireSignature: true));
        await SubmitAsync(CountyOne, "a", 5);

        await ActAsync(ReviewAct.Return, CountyOne, "return");

        Assert.Equal(ReportState.Returned, (await StandingAsync(CountyOne)).State);
    }

    [Theory]
    [InlineData(ReviewAct.Accept, false)]
    [InlineData(ReviewAct.Return, false)]
    [InlineData(ReviewAct.Sign, false)]
    [InlineData(ReviewAct.Reopen, false)]
    [InlineData(ReviewAct.Lock, true)]
    [InlineData(ReviewAct.Reopen, true)]
    public async Task Review_AnActThatTheReportCannotTake_IsRefused(ReviewAct act, bool hasFiled)
    {
        if (hasFiled)
        {
            await SubmitAsync(CountyOne, "a", 5);
        }

        var seen = await StandingAsync(CountyOne) with { Revision = 1, Hash = new string('a', 64) };
        await RefusedAsync(RefusalKind.FailedPrecondition, () => Ledger(CountyOne).Review(
            act == ReviewAct.Sign ? Submitter(CountyOne) : Reviewer(), Act(act, "act", seen), CancellationToken.None));
    }

    [Theory]
    [InlineData(ReviewAct.Accept)]
    [InlineData(ReviewAct.Return)]
    [InlineData(ReviewAct.Sign)]
    public async Task Review_TheSameActTwice_IsRefusedTheSecondTime(ReviewAct act)
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(act, CountyOne, "one");

        await RefusedAsync(RefusalKind.FailedPrecondition, () => ActAsync(act, CountyOne, "two"));
    }

    [Fact]
    public async Task Review_SameRequestAgain_SameReceiptAndOnce()
    {
        await SubmitAsync(CountyOne, "a", 5);
        var command = Act(ReviewAct.Accept, "accept", await StandingAsync(CountyOne));

        var first = await Ledger(CountyOne).Review(Reviewer(), command, default);
        await RestartAsync();
        var again = await Ledger(CountyOne).Review(Reviewer(), command, default);
        await RefusedAsync(RefusalKind.AlreadyExists, () =>
            Ledger(CountyOne).Review(Reviewer(), command with { Text = "another" }, default));

        Assert.Equal((first.Revision, first.Hash), (again.Revision, again.Hash));
        Assert.Equal(2, (await StandingAsync(CountyOne)).Version);
    }

    [Fact]
    public async Task Review_FieldsThatCannotStand_AreAllNamed()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Ledger(CountyOne).Review(
            Reviewer(),
            new ReviewCommand
            {
                RequestId = "", Act = ReviewAct.Return, Revision = 0, Hash = "short", Text = " ",
                Cells = [new CellRemark("9.9.9", "no such cell"), new CellRemark("1.1", "")],
            },
            default));

        Assert.Equal(
            ["request_id", "revision", "hash", "reason", "cells[9.9.9]", "cells[1.1]"],
            refusal.Violations.Select(violation => violation.Field));
    }

    [Theory]
    [InlineData(ReviewAct.Accept)]
    [InlineData(ReviewAct.Return)]
    [InlineData(ReviewAct.Reopen)]
    [InlineData(ReviewAct.Lock)]
    public async Task Review_ByAnyoneButTheLevelAbove_IsForbidden(ReviewAct act)
    {
        await SubmitAsync(CountyOne, "a", 5);
        Caller[] others =
        [
            Submitter(CountyOne), Submitter(Province), Reviewer(CountyOne), Reviewer(Lonely),
            Caller with { Review = null }, Reviewer(CountyTwo),
        ];
        foreach (var other in others)
        {
            await RefusedAsync(RefusalKind.Forbidden, () => ActAsync(act, CountyOne, "act", other));
        }

        await RefusedAsync(RefusalKind.Forbidden, () => ActAsync(act, County, "act", Reviewer(County)));
        await RefusedAsync(RefusalKind.NotFound, () => ActAsync(act, CountyOne, "act", Reviewer() with { Tenant = "north" }));
        Assert.Equal(1, (await StandingAsync(CountyOne)).Version);
    }

    [Fact]
    public async Task Sign_ByAnyoneButTheUnit_IsForbidden()
    {
        await SubmitAsync(CountyOne, "a", 5);

        await RefusedAsync(RefusalKind.Forbidden, () => ActAsync(ReviewAct.Sign, CountyOne, "sign", Reviewer()));
        await RefusedAsync(RefusalKind.Forbidden, () => ActAsync(ReviewAct.Sign, CountyOne, "sign", Submitter(CountyTwo)));
    }

    [Fact]
    public async Task Accept_ByTheCountysReviewer_Works()
    {
        await SubmitAsync(CountyOne, "a", 5);

        await AwaitAsync(await ActAsync(ReviewAct.Accept, CountyOne, "accept", Reviewer(County)));

        Assert.Equal((5, 5), await LayersAsync(County));
    }

    [Fact]
    public async Task ListStandings_OfACounty_NamesItsChildrenWithWhatActsAreBoundTo()
    {
        var one = await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Sign, CountyOne, "sign");
        var two = await SubmitAsync(CountyTwo, "b", 6);

        var list = await Ledger(County).ListStandings(Reviewer(County), Names.Territory, default);

        Assert.Equal(
            [
                (CountyOne, "County one", ReportState.Submitted, 1, one.Hash, true),
                (CountyTwo, "County two", ReportState.Submitted, 1, two.Hash, false),
            ],
            list.Select(item => (item.Ledger.Unit, item.UnitName, item.State, item.Revision, item.Hash, item.IsSigned)));
        foreach (var other in new[] { Reviewer(Lonely), Submitter(CountyOne), Caller with { Tenant = "north" } })
        {
            await RefusedAsync(
                other.Tenant == "north" ? RefusalKind.NotFound : RefusalKind.Forbidden,
                () => Ledger(County).ListStandings(other, Names.Territory, default));
        }
    }

    [Fact]
    public async Task ListBelow_ForTheReviewerOnly_NamesEveryUnitUnderTheOffice()
    {
        Assert.Equal(
            [CityOne, Institute, CityTwo, County, CountyOne, CountyTwo, Lonely],
            (await Ledger(City).ListBelow(Reviewer(City), Names.Territory)).Order(StringComparer.Ordinal)
                .OrderBy(unit => unit.StartsWith(City, StringComparison.Ordinal) ? 0 : 1));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(City).ListBelow(Reviewer(County), Names.Territory));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(City).ListBelow(Submitter(City), Names.Territory));
    }

    [Fact]
    public async Task AsOf_BeforeAnAct_ShowsTheLayersOfThen()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var before = await Silo.History(Key(Province)).GetTotal(
            Caller, new TotalQuery { Layer = Layer.Submitted }, new AsOf { At = Silo.Clock.GetUtcNow() }, default);
        await ActAsync(ReviewAct.Return, CountyOne, "return");

        var then = await Silo.History(Key(Province)).GetTotal(Caller, new TotalQuery(), before.AsOf!, default);
        var now = await Silo.History(Key(Province)).GetTotal(
            Caller, new TotalQuery(), new AsOf { At = Silo.Clock.GetUtcNow() }, default);

        Assert.Equal((5, null), (Figure(then.Cells), Figure(now.Cells)));
        Assert.Equal((0, 1), (then.Coverage.Returned, now.Coverage.Returned));
    }
}
