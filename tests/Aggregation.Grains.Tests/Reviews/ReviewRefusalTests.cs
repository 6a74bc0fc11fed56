using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>Acts that a report cannot take, that are asked for again or wrongly, and whose they are.</summary>
public sealed class ReviewRefusalTests(ClassSilo silo) : ReviewTest(silo)
{
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
}
