using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Tasks;

/// <summary>Coverage counts against the list that was frozen, and who is not on it cannot file.</summary>
public class ObligedListTests(ClassSilo silo) : TaskTest(silo)
{
    [Fact]
    public async Task Open_ARule_CoverageCountsTheListInEveryScopeAndPart()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 1);
        Assert.Equal(9, await ExpectedAsync(Province));

        var opened = await OpenAsync(30, Departments);

        Assert.Equal((4, Day(30), Day(0)), (opened.Task.Units, Text(opened.Task.LastDeadline), Text(opened.Task.OpensOn)));
        Assert.Equal((4, 2, 2, 1), (
            await ExpectedAsync(Province), await ExpectedAsync(City, Scope.Level), await ExpectedAsync(County), await ExpectedAsync(CityOne)));
        Assert.Equal((0, 0), (await ExpectedAsync(Province, Scope.Own), await ExpectedAsync(Lonely)));
        var children = await Ledger(City).Children(Caller, new TotalQuery());
        Assert.Equal(
            [(City, 0), (CityOne, 1), (CityTwo, 1), (County, 2), (Lonely, 0)],
            children.Parts.Select(part => (part.Unit, part.Coverage.Expected)));
    }

    [Fact]
    public async Task Open_InALine_CoverageCountsTheSameListInThatTree()
    {
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Tree = Line, Csv = LineUnits });

        await OpenAsync(30, new FilterText([], [], County, []));

        Assert.Equal((3, 1), (await ExpectedAsync(Province), await ExpectedAsync(CityOne, tree: Line)));
    }

    [Fact]
    public async Task Open_UnitsThatHaveFiled_AreOnTheListWhateverTheRule()
    {
        await SubmitAndAwaitAsync(Lonely, "a", 1);
        await SubmitAndAwaitAsync(CityOne, "b", 1);
        await SubmitAndAwaitAsync(Institute, "c", 1);
        await AwaitAsync(await WithdrawAsync(Institute, "d"));

        var shown = await Tasks.Open(Caller, Opening(30, Departments) with { DryRun = true }, CancellationToken.None);
        Assert.Equal(9, await ExpectedAsync(Province));
        var opened = await OpenAsync(30, Departments);

        Assert.Equal(shown.Rows.AsEnumerable(), opened.Rows);
        Assert.Equal((1, Lonely), (shown.FiledOutsideCount, Assert.Single(shown.FiledOutside)));
        Assert.Equal(
            [
                (UnitKind.Department, UnitLevel.City, 2, 1), (UnitKind.Government, UnitLevel.County, 1, 1),
                (UnitKind.Department, UnitLevel.County, 2, 0),
            ],
            opened.Rows.Select(row => (row.Kind, row.Level, row.Units, row.Filed)));
        Assert.Equal(5, await ExpectedAsync(Province));
        await AssertNoRatePassesOneHundredAsync();
    }

    [Fact]
    public async Task Submit_UnitNotOnTheList_IsRefusedByName()
    {
        await OpenAsync(30, Departments);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(County, "a", 1));

        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(("unit", County, "task.obliged"), (violation.Field, violation.Value, violation.Rule));
        var finding = Assert.Single(await Ledger(County).Validate(Caller, Command("a", 1), CancellationToken.None));
        Assert.Equal(("task.obliged", Severity.Hard), (finding.CheckId, finding.Severity));
        Assert.Empty(await Ledger(CityOne).Validate(Caller, Command("a", 1), CancellationToken.None));
        await SubmitAndAwaitAsync(CityOne, "a", 1);
        await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(Institute, "e", 1));
        await AssertNoRatePassesOneHundredAsync();
    }

    [Fact]
    public async Task Submit_ARequestThatWasTakenBeforeTheOpening_GetsItsReceipt()
    {
        var receipt = await SubmitAndAwaitAsync(County, "a", 1);
        await WithdrawAsync(County, "b");
        await OpenAsync(30, Departments);

        Assert.Equal(receipt.Hash, (await SubmitAsync(County, "a", 1)).Hash);
        await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(County, "c", 2));
    }

    [Fact]
    public async Task Submit_BeforeTheFirstDay_IsRefusedAndThenTaken()
    {
        var command = Opening(30);
        await Tasks.Open(Caller, command with { Rules = command.Rules with { OpensOn = Day(2) } }, CancellationToken.None);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(CityOne, "a", 1));
        Assert.Equal("task.opening", Assert.Single(refusal.Violations).Rule);
        Silo.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, (await SubmitAsync(CityOne, "a", 1)).Revision);
    }

    [Fact]
    public async Task Open_Again_IsAnsweredForTheSameAndRefusedForAnother()
    {
        var first = await OpenAsync(30, Departments);

        var again = await OpenAsync(30, Departments);
        await RefusedAsync(RefusalKind.AlreadyExists, () => OpenAsync(31, Departments));

        Assert.Equal(first.Task.OpenedAt, again.Task.OpenedAt);
        Assert.Equal(first.Rows.AsEnumerable(), again.Rows);
    }

    [Fact]
    public async Task Open_ManyFaults_NamesEachAndOpensNothing()
    {
        var command = new OpenTaskCommand
        {
            Form = Form,
            Period = Period,
            Rules = new TaskRules { Obliged = [new FilterText(["x"], [], "y", [])], Deadlines = [new DeadlineText(Everything, "z", 0, 0)] },
        };

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Tasks.Open(Caller, command, CancellationToken.None));

        Assert.Equal(
            ["obliged[0].kinds", "obliged[0].under", "deadlines[0].date"], refusal.Violations.Select(violation => violation.Field));
        Assert.Empty(await Tasks.List(Caller));
        await RefusedAsync(RefusalKind.NotFound, () => Tasks.Get(Caller, Form, Period));
        await RefusedAsync(RefusalKind.Invalid, () => Tasks.Open(
            Caller, command with { Rules = command.Rules with { Tree = "nowhere" } }, CancellationToken.None));
    }

    [Fact]
    public async Task Restart_AnOpenTask_IsAsItWas()
    {
        await OpenAsync(30, Departments);
        await Tasks.Extend(Caller, new ExtendCommand { Form = Form, Period = Period, Unit = CityOne, Deadline = Day(40), Reason = "flood" }, default);
        var task = await Tasks.Get(Caller, Form, Period);

        await RestartAsync();

        var after = await Tasks.Get(Caller, Form, Period);
        Assert.Equal(task with { Rules = after.Rules }, after);
        Assert.Equal((4, 1), (after.Units, after.Extensions));
        Assert.Equal((4, 0), (await ExpectedAsync(Province), await ExpectedAsync(Lonely)));
        Assert.Equal("flood", (await StandAsync(CityOne)).Extension!.Reason);
        await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(County, "a", 1));
    }

    [Fact]
    public async Task Restructure_AfterTheOpening_TheListStaysAndFollowsTheTree()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 1);
        await OpenAsync(30, Departments);

        await RestructureAsync(
            new StructureChange { Line = 1, Change = "move", From = "2017-06-01", Unit = CountyOne, Parent = Lonely },
            new StructureChange { Line = 2, Change = "close", From = "2017-06-01", Unit = CountyTwo },
            new StructureChange
            {
                Line = 3, Change = "open", From = "2017-06-01", Unit = "360302-S09", Parent = Lonely, Name = "New", Kind = "department",
            });
        await RestartAsync();

        Assert.Equal((3, 0, 1), (await ExpectedAsync(Province), await ExpectedAsync(County), await ExpectedAsync(Lonely)));
        await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync("360302-S09", "n", 1));
        Assert.Equal((3, 1), ((await CountAsync()).Expected, (await CountAsync(Lonely)).Filed));
        await AssertNoRatePassesOneHundredAsync();
    }

    [Fact]
    public async Task Cancel_ATask_EveryUnitIsExpectedAndMayFileAgain()
    {
        await OpenAsync(30, Departments);

        await Tasks.Cancel(Caller, new CancelTaskCommand(Form, Period, "wrong list"));

        Assert.Equal(9, await ExpectedAsync(Province));
        Assert.Equal(1, (await SubmitAsync(County, "a", 1)).Revision);
        var opened = await OpenAsync(20, Departments);
        Assert.Equal((5, 1), (opened.Task.Units, opened.FiledOutsideCount));
        await RefusedAsync(RefusalKind.Invalid, () => Tasks.Cancel(Caller, new CancelTaskCommand(Form, Period, " ")));
    }

    [Fact]
    public async Task History_BeforeAndAfterTheOpening_ExpectsAsItWasThen()
    {
        await SubmitAndAwaitAsync(CityOne, "a", 1);
        var journal = Silo.Services.GetRequiredService<IJournal>();
        var before = await journal.ReadPositionAsync(CancellationToken.None);
        await OpenAsync(30, Departments);
        var after = await journal.ReadPositionAsync(CancellationToken.None);

        Assert.Equal((9, 4), (await ExpectedAtAsync(before), await ExpectedAtAsync(after)));

        async Task<int> ExpectedAtAsync(long position) => (await Silo.AsOf(Key(Province)).GetTotal(
            Caller, new TotalQuery(), new AsOfPoint { Position = position }, CancellationToken.None)).Coverage.Expected;
    }

    [Fact]
    public async Task Admit_UnitThatFiledWhileTheTaskWasOpened_IsPutOnTheList()
    {
        // As where another silo took the submission of a unit, not knowing of the task yet, after the list was frozen.
        await SubmitAndAwaitAsync(County, "a", 1);
        await OpenUnseenAsync(CityOne, CityTwo);
        Assert.Equal((2, 1), (await ExpectedAsync(Province), (await ViewAsync(Province)).Coverage.Submitted));
        Assert.Equal((1, 1), (await ExpectedAsync(County), (await ViewAsync(County)).Coverage.Submitted));

        Assert.Equal(1, await Tasks.Admit(Form, Period, CancellationToken.None));
        Assert.Equal(0, await Tasks.Admit(Form, Period, CancellationToken.None));

        Assert.Equal((3, 1), (await ExpectedAsync(Province), await ExpectedAsync(County)));
        Assert.Equal(Day(9), Text((await StandAsync(County)).Deadline));
        await AssertNoRatePassesOneHundredAsync();
    }

    private async Task OpenUnseenAsync(params string[] units)
    {
        var catalog = Silo.Services.GetRequiredService<TenantCatalog>();
        var state = await catalog.RefreshAsync(Tenant);
        var deadline = new DeadlineRuleEntry { Units = new UnitFilterEntry(), Date = Day(9) };
        var entry = await Silo.Services.GetRequiredService<IJournal>().AppendAsync(
            Tenant, TenantState.Stream, state.Version, state.Head, EntryKinds.TaskOpened,
            new TaskOpenedEntry
            {
                Form = Form,
                Period = Period,
                Text = new TaskTextEntry { Tree = Names.Territory, Deadlines = { deadline } },
                OpensOn = Day(0),
                Groups = { new DeadlineGroupEntry { Deadline = Day(9), Units = { units } } },
                StructureVersion = state.Structure.Version,
            },
            "k", Silo.Clock.GetUtcNow());
        catalog.Apply(state, entry);
    }

    private async Task AssertNoRatePassesOneHundredAsync()
    {
        foreach (var unit in new[] { Province, City, CityOne, CityTwo, Institute, County, CountyOne, Lonely })
        {
            foreach (var scope in new[] { Scope.Own, Scope.Level, Scope.Region })
            {
                var coverage = (await ViewAsync(unit, scope)).Coverage;
                Assert.True(coverage.Submitted <= coverage.Expected, $"{unit} {scope}: {coverage.Submitted} of {coverage.Expected}");
            }
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
