using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class StructureCommandTests : IAsyncLifetime, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aggregation-cli-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private FakeServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Restructure_DryRunOfACsv_ShowsThePlanAndAppliesNothing()
    {
        var file = Write("changes.csv", "change,from,unit,parent\nmove,2017-07-01,360302,360000\n\nclose,2017-07-01,360300-fin,\n");

        Assert.Equal(ExitCode.Ok, await RunAsync("units", "restructure", file, "--dry-run", "--form", "2014", "--period", "2017", "--key", "k"));

        var planned = _server.Answers.Planned!;
        Assert.Equal(("2014", "2017"), (planned.Form, planned.Period));
        Assert.Equal(
            [
                new StructureChange { Line = 2, Change = "move", From = "2017-07-01", Unit = "360302", Parent = "360000" },
                new StructureChange { Line = 4, Change = "close", From = "2017-07-01", Unit = "360300-fin" },
            ],
            planned.Changes);
        Assert.Null(_server.Answers.Applied);
        var shown = _output.ToString();
        Assert.Contains("安源区 · government county ← 360300", shown, StringComparison.Ordinal);
        Assert.Contains("360302 360302-edu", shown, StringComparison.Ordinal);
        Assert.Contains("41,126", shown, StringComparison.Ordinal);
        Assert.Contains("360313", shown, StringComparison.Ordinal);
        Assert.Contains("--structure 4 --accept-loss", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Restructure_AcceptLoss_IsSentOnlyWhenGiven(bool accepts)
    {
        var file = Write("changes.csv", "change,from,unit\nclose,2017-07-01,a\n");
        string[] given = accepts ? ["--accept-loss"] : [];

        Assert.Equal(ExitCode.Ok, await RunAsync(["units", "restructure", file, "--key", "k", .. given]));

        Assert.Equal(accepts, _server.Answers.Applied!.AcceptLoss);
    }

    [Fact]
    public async Task Restructure_Json_AppliesToTheStructureThatWasPlanned()
    {
        var file = Write("changes.json", """
            [{ "change": "split", "from": "2017-07-01", "unit": "a", "into": "b", "name": "B", "children": ["c", "d"] }]
            """);

        Assert.Equal(ExitCode.Ok, await RunAsync("units", "restructure", file, "--key", "k"));

        var applied = _server.Answers.Applied!;
        Assert.Equal(4, applied.StructureVersion);
        Assert.Equal(
            new StructureChange { Line = 1, Change = "split", From = "2017-07-01", Unit = "a", Into = "b", Name = "B", Children = "c d" },
            Assert.Single(applied.Changes));
        Assert.Contains("structure 5", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restructure_StructureGiven_IsAppliedToThatOneOnly()
    {
        var file = Write("changes.csv", "change,from,unit\nclose,2017-07-01,a\n");

        Assert.Equal(ExitCode.Ok, await RunAsync("units", "restructure", file, "--structure", "3", "--key", "k"));

        Assert.Equal(3, _server.Answers.Applied!.StructureVersion);
    }

    [Theory]
    [InlineData("a.csv", "change,date\nmove,2017-07-01\n", "date")]
    [InlineData("a.csv", "change,change,from,unit\nmove,move,2017-07-01,a\n", "column 'change' stands twice")]
    [InlineData("a.csv", "change,from,unit\nmove\n", "line 2")]
    [InlineData("a.csv", "", "line 1")]
    [InlineData("a.json", "{}", "array")]
    [InlineData("a.json", "[1]", "object")]
    [InlineData("a.json", """[{"change":"move","day":"x"}]""", "day")]
    [InlineData("a.json", """[{"change":7}]""", "change")]
    [InlineData("a.json", "[", "JSON")]
    public async Task Restructure_UnreadableFile_NamesTheFaultAndSendsNothing(string name, string text, string named)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("units", "restructure", Write(name, text), "--key", "k"));

        Assert.Null(_server.Answers.Planned);
        Assert.Contains(named, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_Restated_AsksForTheModeAndShowsAColumnAPeriod()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "series", "360300", "2014", "2016", "2017", "--mode", "restated", "--on", "2018-01-01", "--scope", "level", "--key", "k"));

        Assert.Equal(
            new GetSeriesRequest
            {
                Unit = "360300", Form = "2014", Periods = { "2016", "2017" }, Scope = Scope.Level, Layer = Layer.Submitted, Tree = "territory",
                Mode = StructureMode.Restated, On = "2018-01-01",
            },
            _server.Answers.Series);
        var shown = _output.ToString();
        Assert.Contains("restated on 2018-01-01", shown, StringComparison.Ordinal);
        Assert.Contains("41,126", shown, StringComparison.Ordinal);
        Assert.Contains("2/7", shown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_WithoutAMode_IsAUsageError()
    {
        Assert.Equal(ExitCode.Usage, await RunAsync("series", "360300", "2014", "2016", "2017", "--key", "k"));

        Assert.Null(_server.Answers.Series);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLineApplication.RunAsync(
        [.. arguments, "--server", _server.Address], Terminal.Of(_output, _error), CancellationToken.None);
}
