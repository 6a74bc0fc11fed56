using System.Globalization;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Tests.Structure;

namespace Aggregation.Domain.Tests.Tasks;

public sealed class TaskPlannerTests
{
    private static readonly Period Year = Period.OfYear(2017);
    private static readonly DateOnly Opening = new(2018, 1, 2);
    private readonly TreeView view = Csv.Import(Csv.Province).Territory();

    /// <summary>City departments first, then counties, then everybody else.</summary>
    private static DeadlineText[] Cascade =>
    [
        new(new FilterText(["department", "institution"], ["city"], "", []), "2018-01-26", 0, 0),
        new(new FilterText([], ["县"], "", []), "2018-02-20", 0, 0),
        new(FilterText.Everything, "", 40, 0),
    ];

    [Fact]
    public void Plan_ACascade_GivesEachUnitTheFirstDayThatIsForIt()
    {
        var plan = Plan(new TaskRules { Tree = "territory", Deadlines = [.. Cascade] });

        Assert.Empty(plan.Faults);
        Assert.Equal(
            [
                "2018-01-26: 360300-edu 360300-edu.1 360300-fin",
                "2018-02-20: 360302 360302-edu 360313",
                "2018-02-23: 360000 360000-edu 360300",
            ],
            plan.Groups.Select(group => $"{Text(group.Deadline)}: {string.Join(' ', group.Units)}"));
        Assert.Equal(2018, Assert.Single(plan.YearsWithoutCalendar));
        Assert.Equal(Opening, plan.OpensOn);
    }

    [Fact]
    public void Rows_OfAList_CountByKindLevelAndDay()
    {
        var text = new TaskRules { Tree = "territory", Deadlines = [.. Cascade] };
        var list = ObligedUnits.Empty.With(Plan(text).Groups);

        Assert.Equal(
            [
                (UnitKind.Government, UnitLevel.Province, "2018-02-23", 1, 0),
                (UnitKind.Department, UnitLevel.Province, "2018-02-23", 1, 0),
                (UnitKind.Government, UnitLevel.City, "2018-02-23", 1, 0),
                (UnitKind.Department, UnitLevel.City, "2018-01-26", 2, 1),
                (UnitKind.Institution, UnitLevel.City, "2018-01-26", 1, 0),
                (UnitKind.Government, UnitLevel.County, "2018-02-20", 2, 0),
                (UnitKind.Department, UnitLevel.County, "2018-02-20", 1, 0),
            ],
            TaskPlanner.Rows(view, list, new HashSet<string> { "360300-fin" })
                .Select(row => (row.Kind, row.Level, Text(row.Deadline), row.Units, row.Filed)));
    }

    [Theory]
    [InlineData("department", "", "", "360000-edu 360300-edu 360300-fin 360302-edu")]
    [InlineData("部门", "县", "", "360302-edu")]
    [InlineData("", "county", "360302", "360302 360302-edu")]
    [InlineData("institution,government", "", "360300", "360300 360300-edu.1 360302 360313")]
    public void Plan_ARule_TakesInWhatItSays(string kinds, string levels, string under, string expected)
    {
        var rule = new FilterText([.. Words(kinds)], [.. Words(levels)], under, []);

        var plan = Plan(new TaskRules { Tree = "territory", Obliged = [rule], Deadlines = [OnDay("2018-01-26")] });

        Assert.Equal(expected, string.Join(' ', Assert.Single(plan.Groups).Units));
    }

    [Fact]
    public void Plan_AnExplicitListAndASubtree_IsTheUnionOfBoth()
    {
        var plan = Plan(new TaskRules
        {
            Tree = "territory",
            Obliged = [new FilterText([], [], "", ["360000-edu", "360313"]), new FilterText([], [], "360302", [])],
            Deadlines = [OnDay("2018-01-26")],
        });

        Assert.Equal("360000-edu 360302 360302-edu 360313", string.Join(' ', Assert.Single(plan.Groups).Units));
    }

    [Fact]
    public void Plan_UnitsThatHaveFiledOutsideTheRule_AreOnTheListWithTheLastDay()
    {
        var plan = Plan(
            new TaskRules
            {
                Tree = "territory",
                Obliged = [new FilterText(["department"], ["city"], "", [])],
                Deadlines = [new DeadlineText(new FilterText([], ["city"], "", []), "2018-01-26", 0, 0)],
            },
            "360300-fin", "360313", "elsewhere");

        Assert.Equal("360313 elsewhere", string.Join(' ', plan.FiledOutside));
        Assert.Equal("360300-edu 360300-fin 360313 elsewhere", string.Join(' ', Assert.Single(plan.Groups).Units));
    }

    [Fact]
    public void Plan_AnObligedUnitWithoutADay_IsAFault()
    {
        var plan = Plan(new TaskRules
        {
            Tree = "territory", Deadlines = [new DeadlineText(new FilterText([], ["city", "county"], "", []), "2018-01-26", 0, 0)],
        });

        var fault = Assert.Single(plan.Faults);
        Assert.Equal(("deadlines", "360000 360000-edu", "a deadline for every obliged unit"), (fault.Field, fault.Value, fault.Rule));
    }

    [Fact]
    public void Plan_ManyFaults_NamesEach()
    {
        var plan = Plan(new TaskRules
        {
            Tree = "territory",
            OpensOn = "tomorrow",
            Obliged = [new FilterText(["bureau"], ["parish"], "nobody", ["360000", "ghost"])],
            Deadlines =
            [
                new DeadlineText(FilterText.Everything, "2018-01-01", 0, 0),
                new DeadlineText(FilterText.Everything, "2018-02-30", 0, 0),
                new DeadlineText(FilterText.Everything, "2018-03-01", 3, 0),
                new DeadlineText(FilterText.Everything, "", 0, 400),
            ],
        });

        Assert.Equal(
            [
                "opens_on=tomorrow", "obliged[0].kinds=bureau", "obliged[0].levels=parish", "obliged[0].under=nobody", "obliged[0].units[1]=ghost",
                "deadlines[0]=2018-01-01", "deadlines[1].date=2018-02-30", "deadlines[2]=2", "deadlines[3].after_opening=400",
            ],
            plan.Faults.Select(fault => $"{fault.Field}={fault.Value}"));
    }

    [Fact]
    public void Plan_NobodyObligedOrNoDeadline_IsAFault()
    {
        var nobody = Plan(new TaskRules
        {
            Tree = "territory", Obliged = [new FilterText([], ["village"], "", [])], Deadlines = [OnDay("2018-01-26")],
        });
        var none = Plan(new TaskRules { Tree = "territory", ReminderDays = 61 });

        Assert.Equal(["obliged"], nobody.Faults.Select(fault => fault.Field));
        Assert.Equal(["deadlines", "reminder_days"], none.Faults.Select(fault => fault.Field));
    }

    [Fact]
    public void In_ATree_CountsTheListPerScopeAndFollowsTheTree()
    {
        var plan = Plan(new TaskRules
        {
            Tree = "territory", Obliged = [new FilterText(["department"], [], "", [])], Deadlines = [OnDay("2018-01-26")],
        });
        var list = ObligedUnits.Empty.With(plan.Groups);
        var counts = list.In(view);

        Assert.Equal((0, 1, 4), (counts.Own("360000"), counts.Level("360000"), counts.Region("360000")));
        Assert.Equal((0, 2, 3), (counts.Own("360300"), counts.Level("360300"), counts.Region("360300")));
        Assert.Equal((1, 1, 1), (counts.Own("360300-edu"), counts.Level("360300-edu"), counts.Region("360300-edu")));
        Assert.Same(counts, list.In(view));

        var later = Csv.Import(Csv.File(
            "360000,江西省,政府,省,,,", "360300-fin,市财政局,部门,,360000,,", "360313,湘东区,government,county,360000,,")).Territory();
        Assert.Equal((1, 1), (list.In(later).Region("360000"), list.In(later).Level("360000")));
    }

    [Fact]
    public void In_EveryUnit_CountsNoMoreThanTheTreeHas()
    {
        var plan = Plan(new TaskRules { Tree = "territory", Deadlines = [OnDay("2018-01-26")] });
        var counts = ObligedUnits.Empty.With(plan.Groups).In(view);

        foreach (var unit in view.PreOrder())
        {
            Assert.Equal(
                (1, view.ExpectedUnitsAtLevel(unit.Code), view.ExpectedUnits(unit.Code)),
                (counts.Own(unit.Code), counts.Level(unit.Code), counts.Region(unit.Code)));
        }
    }

    [Theory]
    [InlineData(null, false, "2018-01-26T15:59:59Z", false, false, true)]
    [InlineData(null, false, "2018-01-26T16:00:00Z", false, true, false)]
    [InlineData(null, false, "2018-01-22T16:00:00Z", false, false, true)]
    [InlineData(null, false, "2018-01-22T15:59:59Z", false, false, false)]
    [InlineData("2018-01-26T15:59:59Z", true, "2018-03-01T00:00:00Z", false, false, false)]
    [InlineData("2018-01-26T16:00:00Z", true, "2018-03-01T00:00:00Z", true, false, false)]
    [InlineData("2018-01-20T00:00:00Z", false, "2018-03-01T00:00:00Z", false, true, false)]
    public void Of_AUnit_IsLateMissingOrDue(string? filed, bool counts, string now, bool late, bool missing, bool due)
    {
        var owed = Task().Of("360300-fin", filed is null ? null : Instant(filed), counts);

        Assert.Equal((late, missing, due), (owed.IsLate, owed.IsMissing(Instant(now)), owed.IsDue(Instant(now))));
    }

    [Fact]
    public void Of_AnExtendedUnit_HasTheLaterDay()
    {
        var extended = Task() with
        {
            Extensions = Task().Extensions.SetItem("360300-fin", new Extension(new DateOnly(2018, 2, 9), "r", default, "k")),
        };

        var owed = extended.Of("360300-fin", Instant("2018-02-01T00:00:00Z"), counts: true);

        Assert.Equal((new DateOnly(2018, 2, 9), false), (owed.Deadline, owed.IsLate));
        Assert.True(Task().Of("360300-fin", Instant("2018-02-01T00:00:00Z"), counts: true).IsLate);
        Assert.Throws<KeyNotFoundException>(() => extended.Of("360000", null, counts: false));
    }

    private static ReportingTask Task() => new()
    {
        Form = "2014",
        Period = "2017",
        Rules = new TaskRules { Tree = "territory", ReminderDays = 3 },
        OpensOn = Opening,
        Units = ObligedUnits.Empty.With([new DeadlineGroup(new DateOnly(2018, 1, 26), ["360300-fin"])]),
        StructureVersion = 1,
        OpenedAt = default,
        OpenedBy = "k",
    };

    private TaskPlan Plan(TaskRules text, params string[] filed) =>
        TaskPlanner.Plan(text, Year, view, WorkingCalendar.Empty, filed.ToHashSet(), Opening);

    private static DeadlineText OnDay(string day) => new(FilterText.Everything, day, 0, 0);

    private static string[] Words(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
