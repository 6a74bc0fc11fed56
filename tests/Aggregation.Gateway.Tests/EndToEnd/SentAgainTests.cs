using System.Globalization;
using Aggregation.Cli;
using Aggregation.Cli.Output;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>Files and drafts that the command line sends again: an act that is sent twice is one act, and the same figures after a return are another.</summary>
[Collection(ServerCollection.Name)]
public sealed class SentAgainTests(Server server) : IAsyncLifetime, IDisposable
{
    private const string Period = "2017";
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("aggregation-sent-");
    private readonly StringWriter output = new();
    private OwnTenant tenant = null!;

    /// <summary>How it is sent, what was done before, and what is lost on the way.</summary>
    public static IEnumerable<object[]> Cases =>
        from way in new[] { "submit", "submit many", "draft submit" }
        from before in new[] { "nothing", "filed otherwise", "returned", "withdrawn", "returned after acceptance" }
        from lost in new[] { "nothing", "request", "answer" }
        select new object[] { way, before, lost };

    public async Task InitializeAsync() => tenant = await server.OwnTenantAsync(autoAccept: false);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        output.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ten_SentAndSentAgain_IsOneRevisionThatCounts(string way, string before, string lost)
    {
        await PrepareAsync(before);
        var acts = (await StandingAsync()).Version;
        var method = way == "submit many" ? "SubmitMany" : "Submit";
        Action<string, string> lose = lost switch
        {
            "request" => server.OnTheWay.LoseRequest,
            "answer" => server.OnTheWay.LoseAnswer,
            _ => static (_, _) => { },
        };
        if (way == "draft submit")
        {
            Assert.Equal(ExitCode.Ok, await RunAsync("draft", "save", FileOf(10)));
        }

        lose(tenant.Key, method);
        Assert.Equal(lost == "nothing" ? ExitCode.Ok : ExitCode.Unavailable, await SendAsync(way));
        if (way != "draft submit" || lost != "nothing")
        {
            output.GetStringBuilder().Clear();
            Assert.Equal(ExitCode.Ok, await SendAsync(way));
            Assert.Equal(lost != "request", output.ToString().Contains($"filed already, revision {acts + 1}", StringComparison.Ordinal));
        }

        var standing = await StandingAsync();
        Assert.Equal((acts + 1, acts + 1, V1.ReportState.Submitted), (standing.Version, standing.Revision, standing.State));
        var counting = await server.Submissions.GetAsync(
            new V1.GetSubmissionRequest { Unit = OwnTenant.First, Form = "2014", Period = Period }, tenant.Call);
        Assert.Equal(10, Assert.Single(counting.Cells).Amount.Units);
        Assert.Equal(counting.Receipt, await server.Submissions.SubmitAsync(
            Server.Submit(OwnTenant.First, counting.Receipt.RequestId, 10, Period), tenant.Call));
        Assert.Equal(way == "draft submit" ? ExitCode.NotFound : ExitCode.Ok, await SendAsync(way));
    }

    [Fact]
    public async Task Draft_ReturnedBeforeItsReceiptArrives_IsKept()
    {
        await RunAsync("draft", "save", FileOf(10));
        server.OnTheWay.Around(tenant.Key, "Submit", async serve =>
        {
            await serve();
            await ReturnAsync();
        });

        Assert.Equal(ExitCode.Refused, await SendAsync("draft submit"));

        var draft = await server.Submissions.GetDraftAsync(
            new V1.GetDraftRequest { Unit = OwnTenant.First, Form = "2014", Period = Period }, tenant.Call);
        Assert.Equal(10, Assert.Single(draft.Content.Cells).Amount.Units);
        Assert.Contains("The draft is kept", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Draft_WrittenOnWhileItIsFiled_IsKept()
    {
        await RunAsync("draft", "save", FileOf(10));
        server.OnTheWay.Around(tenant.Key, "Submit", async serve =>
        {
            await serve();
            await RunAsync("draft", "save", FileOf(12));
        });

        Assert.Equal(ExitCode.Ok, await SendAsync("draft submit"));

        var draft = await server.Submissions.GetDraftAsync(
            new V1.GetDraftRequest { Unit = OwnTenant.First, Form = "2014", Period = Period }, tenant.Call);
        Assert.Equal((12, 2), (Assert.Single(draft.Content.Cells).Amount.Units, draft.Version));
    }

    [Fact]
    public async Task GetStanding_OfContentFiledUnderAnotherId_HasItsReceipt()
    {
        var receipt = await tenant.SubmitAsync(OwnTenant.First, "own id", 10, Period);

        Assert.Equal(receipt, (await StandingAsync(10)).Filed);
        Assert.Null((await StandingAsync(12)).Filed);
        Assert.Null((await StandingAsync(10, static content => content.FiledOn = "2018-01-05")).Filed);
        Assert.Null((await StandingAsync(10, static content => content.Narrative.Add(content.Cells))).Filed);
        Assert.Null((await StandingAsync(10, static content => content.Cells.Add(new V1.Cell { Code = "no such", Amount = new V1.Amount() }))).Filed);
        await ReturnAsync();
        Assert.Null((await StandingAsync(10)).Filed);
    }

    private async Task PrepareAsync(string before)
    {
        if (before == "nothing")
        {
            return;
        }

        Assert.Equal(ExitCode.Ok, await RunAsync("submit", FileOf(10)));
        switch (before)
        {
            case "filed otherwise":
                Assert.Equal(ExitCode.Ok, await RunAsync("submit", FileOf(12)));
                break;
            case "returned":
                await ReturnAsync();
                break;
            case "withdrawn":
                Assert.Equal(ExitCode.Ok, await RunAsync("withdraw", OwnTenant.First, "2014", Period, "--reason", "wrong"));
                break;
            default:
                var standing = await StandingAsync();
                await server.Reviews.AcceptAsync(Decision("accept", standing), tenant.Call);
                Assert.Equal(ExitCode.Ok, await RunAsync("submit", FileOf(12)));
                await ReturnAsync();
                break;
        }
    }

    private async Task ReturnAsync() => await server.Reviews.ReturnAsync(Decision("return", await StandingAsync()), tenant.Call);

    private static V1.ReviewRequest Decision(string id, V1.Standing standing) => new()
    {
        Unit = OwnTenant.First, Form = "2014", Period = Period, RequestId = id, Revision = standing.Revision, Hash = standing.Hash, Text = "x",
    };

    private async Task<V1.Standing> StandingAsync(long? figure = null, Action<V1.SubmitRequest>? change = null)
    {
        var request = new V1.GetStandingRequest { Unit = OwnTenant.First, Form = "2014", Period = Period };
        if (figure is { } units)
        {
            request.Content = Server.Submit(OwnTenant.First, "", units, Period);
            change?.Invoke(request.Content);
        }

        return await server.Reviews.GetStandingAsync(request, tenant.Call);
    }

    private Task<int> SendAsync(string way) => way switch
    {
        "submit" => RunAsync("submit", FileOf(10)),
        "submit many" => RunAsync("submit", FileOf(10), FileOf(7, OwnTenant.Second)),
        _ => RunAsync("draft", "submit", OwnTenant.First, "2014", Period),
    };

    private string FileOf(long figure, string unit = OwnTenant.First)
    {
        var file = Path.Combine(folder.FullName, string.Create(CultureInfo.InvariantCulture, $"{unit}-{figure}.json"));
        File.WriteAllText(file, $$"""{"unit":"{{unit}}","form":"2014","period":"{{Period}}","cells":{"9.1":{{figure}} } }""");
        return file;
    }

    private Task<int> RunAsync(params string[] arguments) => CommandLineApplication.RunAsync(
        [.. arguments, "--server", server.Address.ToString(), "--key", tenant.Key], Terminal.Of(output, output), CancellationToken.None);
}
