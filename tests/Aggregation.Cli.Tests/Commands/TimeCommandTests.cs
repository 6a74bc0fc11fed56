using System.Text.Json;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Totals over time: year to date, as of an instant, published.</summary>
public sealed class TimeCommandTests : IAsyncLifetime, IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private FakeServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("--year-to-date")]
    [InlineData("--ytd")]
    public async Task Total_YearToDate_ShowsEachPeriodsCoverageAndTheFigures(string option)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("total", "360300", "items-by-class", "2012Q2", option));

        Assert.Contains("本年累计 to 2012Q2", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2012Q1: 应报 3 · 已报 1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2012Q2: 应报 4 · 已报 3", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("31,337", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Total_YearToDateAsJson_AsksForTheSelectorGiven()
    {
        TotalSelector? asked = null;
        var answer = _server.Answers.YearToDate;
        _server.Answers.YearToDate = selector => answer(asked = selector);

        Assert.Equal(ExitCode.Ok, await RunAsync(
            "total", "360300", "items-by-class", "2012Q2", "--ytd", "--json", "--scope", "own", "--layer", "accepted", "--tree", "edu"));

        using var document = JsonDocument.Parse(_output.ToString());
        Assert.Equal(2, document.RootElement.GetProperty("periods").GetArrayLength());
        Assert.Equal(
            new TotalSelector
            {
                Unit = "360300", Form = "items-by-class", Period = "2012Q2", Scope = Scope.Own, Layer = Layer.Accepted, Tree = "edu",
            },
            asked);
    }

    [Theory]
    [InlineData("2017-04-08T17:30:00.250+08:00", "2017-04-08T09:30:00.250Z", null)]
    [InlineData("2017-04-08T09:30", "2017-04-08T09:30:00Z", null)]
    [InlineData("position:1200", null, 1200L)]
    public async Task Total_AsOf_AsksForThePointAndShowsTheOneAnswered(string text, string? at, long? position)
    {
        AsOf? asked = null;
        var answer = _server.Answers.Total;
        _server.Answers.Total = selector =>
        {
            asked = selector.AsOf.Clone();
            selector.AsOf.Position = 1200;
            return answer(selector);
        };

        Assert.Equal(ExitCode.Ok, await RunAsync("total", "360300", "items-by-class", "2012", "--as-of", text));

        var expected = new AsOf { At = at is null ? null : Google.Protobuf.JsonParser.Default.Parse<Google.Protobuf.WellKnownTypes.Timestamp>($"\"{at}\"") };
        if (position is { } place)
        {
            expected.Position = place;
        }

        Assert.Equal(expected, asked);
        Assert.Contains("position 1200", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("version", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("total", "yesterday")]
    [InlineData("total", "position:-1")]
    [InlineData("children", "position:")]
    [InlineData("watch", "position:1")]
    public async Task AsOf_NotAPointOrNotTaken_IsUsage(string command, string point)
    {
        Assert.Equal(ExitCode.Usage, await RunAsync(command, "360300", "items-by-class", "2012", "--as-of", point));
        Assert.Empty(_server.Answers.Authorizations);
    }

    [Fact]
    public async Task Publish_Done_ShowsNumberAndDigest()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "publish", "360300", "items-by-class", "2012", "--scope", "level", "--expected-digest", "d", "--request-id", "r"));
        Assert.Equal(ExitCode.Ok, await RunAsync("publish", "360300", "items-by-class", "2012", "--json"));

        var request = _server.Answers.Published[0];
        Assert.Equal(("r", "d", Scope.Level), (request.RequestId, request.ExpectedDigest, request.Total.Scope));
        Assert.True(Guid.TryParse(_server.Answers.Published[1].RequestId, out _));
        Assert.Contains("digest-1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2/3", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publications_Listed_ShowsEach()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("publications", "360300", "items-by-class", "2012"));

        Assert.Contains("digest-1", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("digest-2", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restatement_Changed_ShowsCellsAndSubmissions()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "restatement", "360300", "items-by-class", "2012", "--number", "2", "--limit", "1", "--after", "360300"));

        Assert.Equal(
            new GetRestatementRequest
            {
                Unit = "360300", Form = "items-by-class", Period = "2012", Number = 2, Limit = 1, AfterUnit = "360300",
            },
            Assert.Single(_server.Answers.Restated));
        foreach (var shown in new[] { "publication 2", "41,126", "1 of 12", "360301", "after", "应报 3 · 已报 3" })
        {
            Assert.Contains(shown, _output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Restatement_Unchanged_SaysSo()
    {
        var answer = _server.Answers.Restatement;
        _server.Answers.Restatement = request =>
        {
            var restatement = answer(request);
            restatement.ChangedSubmissions = 0;
            return restatement;
        };

        Assert.Equal(ExitCode.Ok, await RunAsync("restatement", "360300", "items-by-class", "2012"));
        Assert.Contains("Nothing has changed since", _output.ToString(), StringComparison.Ordinal);
        Assert.False(_server.Answers.Restated[0].HasNumber);
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLineApplication.RunAsync(
        [.. arguments, "--server", _server.Address], Terminal.Of(_output, _error), CancellationToken.None);
}
