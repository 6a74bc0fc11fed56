using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class TaskCommandTests : CommandTest
{
    [Fact]
    public async Task Open_Options_AreSentAsRulesAndTheListIsShown()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "task", "open", "2014", "2017", "--oblige", "department,市,under:360300", "--oblige", "unit:a, unit:b", "--deadline", "department,city=2018-01-26",
            "--deadline", "county=period+15", "--deadline", "opening+20", "--opens", "2018-01-02", "--remind", "5", "--tree", "education", "--dry-run", "--key", "k"));

        Assert.Equal(
            new OpenTaskRequest
            {
                Form = "2014",
                Period = "2017",
                Rules = new TaskRules
                {
                    Tree = "education",
                    OpensOn = "2018-01-02",
                    Obliged =
                    {
                        new UnitFilter { Kinds = { "department" }, Levels = { "市" }, Under = "360300" },
                        new UnitFilter { Units = { "a", "b" } },
                    },
                    Deadlines =
                    {
                        new DeadlineRule { Units = new UnitFilter { Kinds = { "department" }, Levels = { "city" } }, Date = "2018-01-26" },
                        new DeadlineRule { Units = new UnitFilter { Levels = { "county" } }, AfterPeriod = 15 },
                        new DeadlineRule { Units = new UnitFilter(), AfterOpening = 20 },
                    },
                    ReminderDays = 5,
                },
                DryRun = true,
            },
            Asked());
        Shows("1,204", "Would oblige 1204 units from 2018-01-02 to 2018-02-20.", "have filed: 4 (360313 …)", "No calendar was set for 2018");
    }

    [Fact]
    public async Task Open_RulesFile_IsSentAsItIs()
    {
        var file = Write("rules.json", """{ "deadlines": [{ "units": { "kinds": ["department"] }, "date": "2018-01-26" }], "reminderDays": 2 }""");

        Assert.Equal(ExitCode.Ok, await RunAsync("task", "open", "2014", "2017", "--rules", file, "--key", "k"));

        var rules = Assert.IsType<OpenTaskRequest>(Asked()).Rules;
        Assert.Equal((2, "2018-01-26", "department"), (rules.ReminderDays, rules.Deadlines[0].Date, rules.Deadlines[0].Units.Kinds[0]));
        Shows("Obliges 1204 units");
    }

    [Theory]
    [InlineData("--oblige", "department,,city")]
    [InlineData("--oblige", "over:360300")]
    [InlineData("--oblige", "under:a,under:b")]
    [InlineData("--deadline", "county=period+x")]
    [InlineData("--deadline", "opening+-1")]
    public async Task Open_RuleThatCannotBeRead_SendsNothing(string option, string text)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("task", "open", "2014", "2017", option, text, "--key", "k"));

        Assert.Empty(Server.Answers.TaskRequests);
        Assert.Contains(text, Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{ "deadline": [] }""")]
    public async Task Open_RulesFileThatCannotBeRead_SendsNothing(string text)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("task", "open", "2014", "2017", "--rules", Write("rules.json", text), "--key", "k"));

        Assert.Empty(Server.Answers.TaskRequests);
        Assert.Contains("rules.json", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListAndShow_Tasks_AreShownWithTheirRules()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("task", "list", "--key", "k"));
        Assert.Equal(ExitCode.Ok, await RunAsync("task", "show", "2014", "2017", "--key", "k"));

        Assert.Equal(new GetTaskRequest { Form = "2014", Period = "2017" }, Asked());
        Shows("2016", "2018-01-26 – 2018-02-20", "department,under:360300", "city,unit:a = 2018-01-26", "* = period+15");
    }

    [Fact]
    public async Task Obligations_OfASubtree_AreShownWithTheCounts()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "task", "obligations", "360300", "2014", "2017", "--only", "missing", "--only", "extended", "--limit", "2", "--after", "360300-A", "--key", "k"));

        Assert.Equal(
            new ObligationsRequest
            {
                Form = "2014",
                Period = "2017",
                Tree = "territory",
                Unit = "360300",
                Only = { ObligationFilter.Missing, ObligationFilter.Extended },
                Limit = 2,
                AfterUnit = "360300-A",
            },
            Asked());
        Shows("[局]", "未报 missing", "迟报 late", "2018-02-09（延期：洪水）", "2018-02-10 00:00Z", "应报 9 · 已报 1", "--after 360300-S02");
    }

    [Fact]
    public async Task Obligations_Watched_AreCountedUntilEnough()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("task", "obligations", "360300", "2014", "2017", "--watch", "--count", "2", "--key", "k"));

        Assert.Equal(new WatchObligationsRequest { Form = "2014", Period = "2017", Tree = "territory", Unit = "360300" }, Asked());
        Assert.Equal(2, Output.ToString().Split("应报 9").Length - 1);
    }

    [Fact]
    public async Task ExtendAndCancel_WithAReason_AreSent()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("task", "extend", "a", "2014", "2017", "2018-03-01", "--reason", "洪水", "--key", "k"));
        Assert.Equal(
            new GrantExtensionRequest { Form = "2014", Period = "2017", Unit = "a", Deadline = "2018-03-01", Reason = "洪水" }, Asked());
        Assert.Equal(ExitCode.Ok, await RunAsync("task", "cancel", "2014", "2017", "--reason", "mistake", "--key", "k"));
        Assert.Equal(new CancelTaskRequest { Form = "2014", Period = "2017", Reason = "mistake" }, Asked());

        Assert.Equal(ExitCode.Usage, await RunAsync("task", "extend", "a", "2014", "2017", "2018-03-01", "--key", "k"));
    }

    [Theory]
    [InlineData("days.csv", "day,kind\n2018-01-01,holiday\n2018-02-11,workday\n", 2)]
    [InlineData("days.json", """[{ "day": "2018-01-01", "kind": "holiday" }, { "kind": "workday", "day": "2018-02-11" }]""", 1)]
    public async Task CalendarSet_AFile_IsSentWithItsLines(string name, string text, int firstLine)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("calendar", "set", "2018", Write(name, text), "--key", "k"));

        Assert.Equal(
            new SetCalendarRequest
            {
                Year = 2018,
                Days =
                {
                    new CalendarDay { Line = firstLine, Day = "2018-01-01", Kind = "holiday" },
                    new CalendarDay { Line = firstLine + 1, Day = "2018-02-11", Kind = "workday" },
                },
            },
            Asked());
        Shows("2018: 250 working days.", "2018-02-11");
    }

    [Theory]
    [InlineData("days.csv", "date,kind\n", "line 1")]
    [InlineData("days.csv", "day,kind\n2018-01-01\n", "line 2")]
    [InlineData("days.json", "{}", "array")]
    [InlineData("days.json", "[7]", "days.json[1]")]
    [InlineData("days.json", """[{ "day": "2018-01-01", "kind": "holiday", "name": "x" }]""", "days.json[1]")]
    [InlineData("days.json", "[", "JSON")]
    public async Task CalendarSet_UnreadableFile_NamesTheFaultAndSendsNothing(string name, string text, string named)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("calendar", "set", "2018", Write(name, text), "--key", "k"));

        Assert.Empty(Server.Answers.TaskRequests);
        Assert.Contains(named, Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CalendarShow_AYearOfWhichNothingWasSaid_SaysSo()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("calendar", "show", "2018", "--key", "k"));

        Shows("2018: nothing was said of it; Monday to Friday are worked, 261 days.");
    }

    private Google.Protobuf.IMessage Asked() => Server.Answers.TaskRequests[^1];

    private void Shows(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.Contains(text, Output.ToString(), StringComparison.Ordinal);
        }
    }
}
