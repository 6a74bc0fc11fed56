using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Tasks;

namespace Aggregation.Grains.Tests.Tasks;

/// <summary>Who is late, missing, to be reminded; extensions; who may see and grant them.</summary>
public sealed class ObligationTests(ClassSilo silo) : TaskTest(silo)
{
    [Fact]
    public async Task Count_AsDaysGoBy_UnitsAreOpenThenDueThenMissingThenLate()
    {
        await OpenAsync(3, Departments);
        Assert.Equal((4, 4, 0, 0), await StandingAsync());

        Silo.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal((4, 4, 4, 0), await StandingAsync());
        await SubmitAsync(CityOne, "a", 1);
        await Ledger(CityTwo).Submit(Caller, new SubmitCommand { RequestId = "b", Nil = true }, CancellationToken.None);
        Assert.Equal((4, 2, 2, 0), await StandingAsync());

        Silo.Clock.Advance(TimeSpan.FromDays(3));
        Assert.Equal((4, 0, 0, 2), await StandingAsync());
        await SubmitAsync(CityOne, "c", 2);
        await SubmitAsync(CountyOne, "d", 2);

        Assert.Equal(
            new ObligationCounts { Expected = 4, Filed = 3, Accepted = 3, Nil = 1, Late = 1, Missing = 1 }, await CountAsync());
        var (corrected, late, nil) = (await StandAsync(CityOne), await StandAsync(CountyOne), await StandAsync(CityTwo));
        Assert.Equal((2L, false, false), (corrected.Revision, corrected.IsLate, corrected.IsMissing));
        Assert.Equal((1L, true, FilingState.Accepted), (late.Revision, late.IsLate, late.State));
        Assert.Equal((true, false), (nil.Nil, nil.IsLate));

        async Task<(int, int, int, int)> StandingAsync()
        {
            var counts = await CountAsync();
            return (counts.Expected, counts.Open, counts.Due, counts.Missing);
        }
    }

    [Fact]
    public async Task Obligations_AfterWithdrawal_TheUnitIsOpenAgainAndItsNextReportIsANewOne()
    {
        await OpenAsync(3, Departments);
        await SubmitAsync(CityOne, "a", 1);
        await WithdrawAsync(CityOne, "b");

        Assert.Equal((FilingState.None, null, 0L), Of(await StandAsync(CityOne)));
        Silo.Clock.Advance(TimeSpan.FromDays(5));
        await SubmitAsync(CityOne, "c", 1);

        Assert.True((await StandAsync(CityOne)).IsLate);

        static (FilingState, DateTimeOffset?, long) Of(ObligationView view) => (view.State, view.FiledAt, view.Revision);
    }

    [Fact]
    public async Task Obligations_NotAutoAccepted_IsSubmittedUntilReviewed()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await OpenAsync(3, Departments);
        await SubmitAsync(CityOne, "a", 1);

        Assert.Equal(FilingState.Submitted, (await StandAsync(CityOne)).State);
        Assert.Equal((1, 0), ((await CountAsync()).Filed, (await CountAsync()).Accepted));
    }

    [Fact]
    public async Task Obligations_ReturnedAndFiledAgain_IsMissingMeanwhileAndNotLateAfter()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(AutoAccept: false, FourEyes: false));
        await OpenAsync(3, Departments);
        await SubmitAsync(CityOne, "a", 1);
        await ReviewAsync(ReviewAct.Return, "b");
        var returned = await StandAsync(CityOne);
        Silo.Clock.Advance(TimeSpan.FromDays(5));
        var overdue = await CountAsync(CityOne);
        await SubmitAsync(CityOne, "c", 2);
        var again = await StandAsync(CityOne);
        await ReviewAsync(ReviewAct.Accept, "d");

        Assert.Equal((FilingState.Returned, 0L, false), (returned.State, returned.Revision, returned.IsMissing));
        Assert.NotNull(returned.FiledAt);
        Assert.Equal((1, 1, 0), (overdue.Returned, overdue.Missing, overdue.Filed));
        Assert.Equal((FilingState.Submitted, false, returned.FiledAt), (again.State, again.IsLate, again.FiledAt));
        Assert.Equal(FilingState.Accepted, (await StandAsync(CityOne)).State);
        Assert.Equal((1, 1, 0), ((await CountAsync()).Filed, (await CountAsync()).Accepted, (await CountAsync()).Returned));

        async Task ReviewAsync(ReviewAct act, string requestId)
        {
            var seen = await Ledger(CityOne).GetStanding(Caller);
            await Ledger(CityOne).Review(
                Caller with { Review = new Subtree(Names.Territory, City) },
                new ReviewCommand { RequestId = requestId, Act = act, Revision = seen.Revision, Hash = seen.Hash, Text = "looked at" },
                CancellationToken.None);
        }
    }

    [Fact]
    public async Task Obligations_FiltersAndPages_AreInTheTreesOrder()
    {
        await OpenAsync(3, Departments);
        await SubmitAsync(CityTwo, "a", 1);

        var all = await ListAsync();
        var first = await ListAsync(limit: 2);
        var rest = await ListAsync(limit: 2, after: first.Units[^1].Unit);
        var unfiled = await ListAsync(City, 2, "", ObligationFilter.Unfiled);

        Assert.Equal([CityOne, CityTwo, CountyOne, CountyTwo], Codes(all));
        Assert.Equal([CityOne, CityTwo], Codes(first));
        Assert.Equal([CountyOne, CountyTwo], Codes(rest));
        Assert.Equal([CityOne, CountyOne], Codes(unfiled));
        Assert.Equal((false, true, false, true), (all.HasMore, first.HasMore, rest.HasMore, unfiled.HasMore));
        Assert.Equal((4, 4, 1), (first.Counts.Expected, unfiled.Counts.Expected, unfiled.Counts.Filed));
        Assert.Equal([CityTwo], Codes(await ListAsync(only: ObligationFilter.Filed)));
        Assert.Empty((await ListAsync(only: [ObligationFilter.Filed, ObligationFilter.Late])).Units);
        await RefusedAsync(RefusalKind.Invalid, () => ListAsync(after: "nobody"));

        static IEnumerable<string> Codes(ObligationsPage page) => page.Units.Select(unit => unit.Unit);
    }

    [Fact]
    public async Task Obligations_OfUnitsThatNeverFiled_WakesNoLedger()
    {
        await OpenAsync(3, Departments);

        await ListAsync();
        await CountAsync();

        Assert.Equal(0, Silo.Gate.Count(nameof(IRollupGrain.Pull), Key(CityOne)) + Silo.Gate.Count(nameof(ILedgerGrain.GetTotal), Key(CityOne)));
    }

    [Fact]
    public async Task Extend_AUnit_HasTheLaterDayAndItsReason()
    {
        await OpenAsync(1, Departments);

        var extended = await ExtendAsync(Caller, CityOne, 5, "flood");
        var again = await ExtendAsync(Caller, CityOne, 5, "flood");
        Silo.Clock.Advance(TimeSpan.FromDays(3));
        await SubmitAsync(CityOne, "a", 1);

        Assert.Equal(("flood", "test-key"), (extended.Extension!.Reason, extended.Extension.Actor));
        Assert.Equal(extended.Extension, again.Extension);
        Assert.Equal((1, 0, 3, 1), (
            (await CountAsync()).Filed, (await CountAsync()).Late, (await CountAsync()).Missing, (await CountAsync()).Extended));
        await RefusedAsync(RefusalKind.Invalid, () => ExtendAsync(Caller, CityOne, 1, "shorter"));
        await RefusedAsync(RefusalKind.Invalid, () => ExtendAsync(Caller, CityOne, 9, ""));
        await RefusedAsync(RefusalKind.NotFound, () => ExtendAsync(Caller, County, 9, "not obliged"));
    }

    [Fact]
    public async Task Calendar_OfADecreedYear_DecidesDeadlinesWhenTheTaskIsOpenedAndNotAfter()
    {
        Assert.False((await Tasks.GetCalendar(Caller, 2018)).IsKnown);

        var set = await SetAsync(
            new CalendarDay(2, "2018-01-01", "holiday"), new CalendarDay(3, "2018-01-02", "holiday"), new CalendarDay(4, "2018-01-06", "workday"));
        var opened = await Tasks.Open(
            Caller,
            new OpenTaskCommand
            {
                Form = Form,
                Period = Period,
                Rules = new TaskRules { OpensOn = "2018-01-02", Deadlines = [new DeadlineText(Everything, "", 4, 0)] },
            },
            CancellationToken.None);
        await SetAsync();

        Assert.Equal((true, 261 - 1), (set.IsKnown, set.WorkingDays));
        Assert.Equal((new DateOnly(2018, 1, 6), true), (opened.Task.LastDeadline, opened.YearsWithoutCalendar.IsEmpty));
        Assert.Equal(new DateOnly(2018, 1, 6), (await Tasks.Get(Caller, Form, Period)).LastDeadline);
        Assert.Equal(261, (await Tasks.GetCalendar(Caller, 2018)).WorkingDays);
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SetAsync(new CalendarDay(7, "2018-01-02", "workday")));
        Assert.Equal("days[7].day", Assert.Single(refusal.Violations).Field);

        Task<CalendarView> SetAsync(params CalendarDay[] given) => Tasks.SetCalendar(Caller, new SetCalendarCommand(2018, [.. given]));
    }

    [Fact]
    public async Task EveryCall_WrongTenantSubtreeOrRole_IsRefused()
    {
        await OpenAsync(3, Departments);
        var nobody = new Caller { Tenant = Tenant, KeyId = "k" };
        var county = nobody with { Submit = new Subtree(Names.Territory, County), Read = new Subtree(Names.Territory, County) };
        var own = nobody with { Submit = new Subtree(Names.Territory, CountyOne) };
        var reviewer = nobody with { Review = new Subtree(Names.Territory, County) };
        var children = nobody with { Review = new Subtree(Names.Territory, City) { UnitOnly = true } };
        var line = nobody with { Read = new Subtree(Line, CityOne) };
        var north = Caller with { Tenant = "north" };

        foreach (var (call, caller, kind) in new (Func<Caller, Task> Call, Caller Caller, RefusalKind Kind)[]
        {
            (caller => Tasks.Open(caller, Opening(3), default), county, RefusalKind.Forbidden),
            (caller => Tasks.Open(caller, Opening(3), default), north, RefusalKind.NotFound),
            (caller => Tasks.Cancel(caller, new CancelTaskCommand(Form, Period, "r")), county, RefusalKind.Forbidden),
            (caller => Tasks.Cancel(caller, new CancelTaskCommand(Form, Period, "r")), north, RefusalKind.NotFound),
            (caller => Tasks.List(caller), north, RefusalKind.NotFound),
            (caller => Tasks.Get(caller, Form, Period), north, RefusalKind.NotFound),
            (caller => Tasks.Obligations(caller, new ObligationsQuery { Scope = Scope(City), Limit = 9 }, default), county, RefusalKind.Forbidden),
            (caller => Tasks.Obligations(caller, new ObligationsQuery { Scope = Scope(City), Limit = 9 }, default), north, RefusalKind.NotFound),
            (caller => Tasks.Count(caller, Scope(City), default), nobody, RefusalKind.Forbidden),
            (caller => Tasks.Count(caller, Scope(CityOne), default), own, RefusalKind.Forbidden),
            (caller => Tasks.Count(caller, Scope(CityOne), default), line, RefusalKind.Forbidden),
            (caller => Tasks.Count(caller, Scope("999999"), default), county, RefusalKind.Forbidden),
            (caller => Tasks.RequireRead(caller, Scope(City)), county, RefusalKind.Forbidden),
            (caller => Tasks.RequireRead(caller, Scope(City)), north, RefusalKind.NotFound),
            (caller => Tasks.Count(caller, Scope(City), default), reviewer, RefusalKind.Forbidden),
            (caller => Tasks.Count(caller, Scope(City), default), children, RefusalKind.Forbidden),
            (caller => Tasks.Count(caller, Scope(County), default), county with { Read = new Subtree(Names.Territory, County) { UnitOnly = true }, Submit = null }, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CityOne, 9, "r"), reviewer, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CountyOne, 9, "r"), county, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CountyOne, 9, "r"), children, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, "999999", 9, "r"), reviewer, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CountyOne, 9, "r"), own, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CountyOne, 9, "r"), nobody with { Read = Caller.Read }, RefusalKind.Forbidden),
            (caller => ExtendAsync(caller, CountyOne, 9, "r"), north, RefusalKind.NotFound),
            (caller => Tasks.SetCalendar(caller, new SetCalendarCommand(2018, [])), county, RefusalKind.Forbidden),
            (caller => Tasks.SetCalendar(caller, new SetCalendarCommand(2018, [])), north, RefusalKind.NotFound),
            (caller => Tasks.GetCalendar(caller, 2018), north, RefusalKind.NotFound),
        })
        {
            await RefusedAsync(kind, () => call(caller));
        }

        Assert.Equal(1, (await Tasks.Count(own, Scope(CountyOne), default)).Expected);
        Assert.Equal(2, (await Tasks.Count(county, Scope(County), default)).Expected);
        Assert.Equal(2, (await Tasks.Count(reviewer, Scope(County), default)).Expected);
        Assert.Equal(1, (await Tasks.Count(children, Scope(CityTwo), default)).Expected);
        Assert.Equal("r", (await ExtendAsync(reviewer, CountyOne, 9, "r")).Extension!.Reason);
        Assert.Single(await Tasks.List(nobody));
        Assert.Equal(4, (await Tasks.Get(nobody, Form, Period)).Units);

        static ObligationScope Scope(string unit) => new() { Form = Form, Period = Period, Under = unit };
    }

    private Task<ObligationView> ExtendAsync(Caller caller, string unit, int days, string reason) => Tasks.Extend(
        caller, new ExtendCommand { Form = Form, Period = Period, Unit = unit, Deadline = Day(days), Reason = reason }, CancellationToken.None);
}
