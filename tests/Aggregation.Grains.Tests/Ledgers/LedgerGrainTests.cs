using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Ledgers;

public sealed class LedgerGrainTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task Submit_AtLeaves_SumsAtEveryScopeAbove()
    {
        await SubmitAndAwaitAsync(CityOne, "a", 10);
        await SubmitAndAwaitAsync(Institute, "b", 100);
        await SubmitAndAwaitAsync(CountyOne, "c", 5);
        await SubmitAndAwaitAsync(City, "d", 1);

        Assert.Equal(116, await TotalAsync(Province));
        Assert.Equal(116, await TotalAsync(City));
        Assert.Equal(111, await TotalAsync(City, Scope.Level));
        Assert.Equal(1, await TotalAsync(City, Scope.Own));
        Assert.Equal(110, await TotalAsync(CityOne));
        Assert.Equal(10, await TotalAsync(CityOne, Scope.Own));
        Assert.Null(await TotalAsync(Province, Scope.Own));
        Assert.Null(await TotalAsync(Province, Scope.Level));
    }

    [Fact]
    public async Task Submit_Revision_ReplacesAndKeepsBoth()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var second = await SubmitAndAwaitAsync(CountyOne, "b", 7);

        Assert.Equal(2, second.Revision);
        Assert.Equal(7, await TotalAsync(Province));
        Assert.Equal(1, (await ViewAsync(Province)).Coverage.Submitted);
        var history = await Ledger(CountyOne).History(Caller, CancellationToken.None);
        Assert.Equal([5L, 7L], history.Select(view => view.Cells.Single(cell => cell.Cell == "1.1").Amount.Units));
    }

    [Fact]
    public async Task Withdraw_Submitted_LeavesNothingInAnyTotalAndStaysInHistory()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        var withdrawal = await WithdrawAsync(CountyOne, "b");
        await AwaitAsync(withdrawal);

        Assert.Equal(2, withdrawal.Revision);
        var total = await ViewAsync(Province);
        Assert.Empty(total.Cells);
        Assert.Equal(new Coverage(9, 0, 0, 0, 0), total.Coverage);
        Assert.Equal(new string('0', 32), total.Digest);
        var history = await Ledger(CountyOne).History(Caller, CancellationToken.None);
        Assert.Equal([SubmissionState.Accepted, SubmissionState.Withdrawn], history.Select(view => view.State));
        var latest = await Ledger(CountyOne).Get(Caller, null, CancellationToken.None);
        Assert.Equal((2, SubmissionState.Withdrawn, "mistaken"), (latest.Receipt.Revision, latest.State, latest.Reason));
        Assert.Empty(latest.Cells);
        var first = await Ledger(CountyOne).Get(Caller, 1, CancellationToken.None);
        Assert.Equal((1, "test-key"), (first.Receipt.Revision, first.Actor));
    }

    [Fact]
    public async Task Withdraw_NothingSubmitted_IsRefused()
    {
        await RefusedAsync(RefusalKind.FailedPrecondition, () => WithdrawAsync(CountyOne, "a"));
        await SubmitAsync(CountyOne, "b", 1);
        await WithdrawAsync(CountyOne, "c");

        await RefusedAsync(RefusalKind.FailedPrecondition, () => WithdrawAsync(CountyOne, "d"));
        Assert.Equal(3, (await SubmitAsync(CountyOne, "e", 2)).Revision);
    }

    [Fact]
    public async Task Withdraw_WithoutReason_NamesTheField()
    {
        await SubmitAsync(CountyOne, "a", 1);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Ledger(CountyOne).Withdraw(
            Caller, new WithdrawCommand { RequestId = "b", Reason = " " }, CancellationToken.None));

        Assert.Equal("reason", Assert.Single(refusal.Violations).Field);
    }

    [Fact]
    public async Task Submit_NilReturn_CountsAsAReportWithoutFigures()
    {
        var receipt = await Ledger(CountyOne).Submit(
            Caller, new SubmitCommand { RequestId = "a", Nil = true }, CancellationToken.None);
        await AwaitAsync(receipt);

        var total = await ViewAsync(Province);
        Assert.Empty(total.Cells);
        Assert.Equal(new Coverage(9, 1, 1, 0, 1), total.Coverage);
        Assert.NotEqual(new string('0', 32), total.Digest);
        Assert.True((await Ledger(CountyOne).Get(Caller, 1, CancellationToken.None)).Nil);
    }

    [Fact]
    public async Task Submit_Zero_IsNotEmpty()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 0);

        var total = await ViewAsync(Province);

        Assert.Equal([new CellTotal("1.1", default, 1), new CellTotal("1.2", default, 1)], total.Cells.AsEnumerable());
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task Submit_NilWithCellsOrNeither_IsRefused(bool nil, bool cells)
    {
        var command = (cells ? Command("a", 1) : new SubmitCommand { RequestId = "a" }) with { Nil = nil };

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => Ledger(CountyOne).Submit(Caller, command, CancellationToken.None));

        Assert.Equal(nil ? "nil_return" : "cells", Assert.Single(refusal.Violations).Field);
    }

    [Theory]
    [InlineData(Province, 9, 1)]
    [InlineData(City, 8, 4)]
    [InlineData(County, 3, 3)]
    [InlineData(CityOne, 2, 2)]
    [InlineData(Lonely, 1, 1)]
    public async Task GetTotal_Expected_ComesFromTheStructureByScope(string unit, int region, int level)
    {
        Assert.Equal(region, (await ViewAsync(unit, Scope.Region)).Coverage.Expected);
        Assert.Equal(level, (await ViewAsync(unit, Scope.Level)).Coverage.Expected);
        Assert.Equal(1, (await ViewAsync(unit, Scope.Own)).Coverage.Expected);
    }

    [Theory]
    [InlineData("interaction", "2017", "999999", RefusalKind.NotFound)]
    [InlineData("unknown", "2017", CountyOne, RefusalKind.NotFound)]
    [InlineData("interaction", "17", CountyOne, RefusalKind.Invalid)]
    [InlineData("interaction", "2017Q5", CountyOne, RefusalKind.Invalid)]
    [InlineData("2014", "2013", CountyOne, RefusalKind.Invalid)]
    [InlineData("2014", "2017-11", CountyOne, RefusalKind.Invalid)]
    public async Task Submit_UnknownUnitFormOrPeriod_IsRefused(string form, string period, string unit, RefusalKind kind) =>
        await RefusedAsync(kind, () => Silo.Ledger(new LedgerKey(Tenant, form, period, unit)).Submit(
            Caller, Command("a", 1), CancellationToken.None));

    [Fact]
    public async Task Submit_UnknownCellAndBadAmount_NamesEachCell()
    {
        var command = new SubmitCommand
        {
            RequestId = "a",
            Cells = [new CellFigure("9.9", new Amount(1, 0)), new CellFigure("1.1", new Amount(1, 5))],
        };

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => Ledger(CountyOne).Submit(Caller, command, CancellationToken.None));

        Assert.Equal(["cells[9.9]", "cells[1.1]"], refusal.Violations.Select(violation => violation.Field));
        Assert.All(refusal.Violations, violation => Assert.All(
            new[] { violation.Rule, violation.MessageZh, violation.MessageEn }, Assert.NotEmpty));
    }

    [Theory]
    [InlineData(0L)]
    [InlineData(3L)]
    public async Task Get_RevisionThatIsNot_IsNotFound(long revision)
    {
        await SubmitAsync(CountyOne, "a", 1);

        await RefusedAsync(RefusalKind.NotFound, () => Ledger(CountyOne).Get(Caller, revision, CancellationToken.None));
        await RefusedAsync(RefusalKind.NotFound, () => Ledger(CountyTwo).Get(Caller, null, CancellationToken.None));
        Assert.Empty(await Ledger(CountyTwo).History(Caller, CancellationToken.None));
    }

    [Fact]
    public async Task Submit_AutoAcceptOff_FillsSubmittedOnlyAlsoAfterRestart()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await RestartAsync();

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        Assert.Equal(5, await TotalAsync(Province));
        var accepted = await ViewAsync(Province, layer: Layer.Accepted);
        Assert.Empty(accepted.Cells);
        Assert.Equal(new Coverage(9, 1, 0, 0, 0), accepted.Coverage);
        Assert.Equal(new string('0', 32), accepted.Digest);
        Assert.Equal(
            SubmissionState.Submitted, (await Ledger(CountyOne).Get(Caller, 1, CancellationToken.None)).State);
    }

    [Fact]
    public async Task Submit_AutoAcceptTurnedOff_KeepsTheAcceptedRevision()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));

        await SubmitAndAwaitAsync(CountyOne, "b", 7);

        Assert.Equal(7, await TotalAsync(Province));
        Assert.Equal(5, await TotalAsync(Province, layer: Layer.Accepted));
        await RestartAsync();
        Assert.Equal(7, await TotalAsync(Province));
        Assert.Equal(5, await TotalAsync(Province, layer: Layer.Accepted));
    }
}
