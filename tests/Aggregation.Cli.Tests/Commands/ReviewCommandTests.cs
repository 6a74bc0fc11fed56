using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class ReviewCommandTests : CommandTest
{
    private static readonly string[] Ledger = ["a", "2014", "2017"];

    [Theory]
    [InlineData("accept", "--comment", "agreed")]
    [InlineData("return", "--reason", "sums differ")]
    [InlineData("sign", "--statement", "I stand for it")]
    public async Task Act_WithTheHashThatWasSeen_IsBoundToRevisionAndHash(string act, string option, string text)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            ["review", act, .. Ledger, "--hash", FakeReviews.Hash("a")[..12], option, text, "--request-id", "r"]));

        Assert.Equal(
            (act, new ReviewRequest
            {
                Unit = "a", Form = "2014", Period = "2017", RequestId = "r", Revision = 3, Hash = FakeReviews.Hash("a"), Text = text,
            }),
            Assert.Single(Server.Answers.Reviewed));
        Assert.Contains("ffffffffffff", Output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bbbbbbbbbbbb", ExitCode.Refused, "look at it first")]
    [InlineData("aaaa", ExitCode.Usage, "12 digits")]
    public async Task Act_WithAnotherHash_IsRefusedAndNothingIsDone(string hash, int code, string text)
    {
        Assert.Equal(code, await RunAsync(["review", "accept", .. Ledger, "--hash", hash]));

        Assert.Empty(Server.Answers.Reviewed);
        Assert.Contains(text, Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Return_WithRemarksOnCells_SendsEach()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
        [
            "review", "return", .. Ledger, "--hash", FakeReviews.Hash("a"), "--reason", "wrong",
            "--cell", "1.1=three too many", "--cell", "3.1=a = b",
        ]));

        var (_, request) = Assert.Single(Server.Answers.Reviewed);
        Assert.Equal(
            [("1.1", "three too many"), ("3.1", "a = b")],
            ((ReviewRequest)request).Cells.Select(remark => (remark.Cell, remark.Text)));
    }

    [Theory]
    [InlineData("reopen", "--reason")]
    [InlineData("lock", "--comment")]
    public async Task Act_ThatIsOfNoRevision_NamesNone(string act, string option)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(["review", act, .. Ledger, option, "why", "--request-id", "r"]));

        Assert.Equal(
            (act, new ReviewRequest { Unit = "a", Form = "2014", Period = "2017", RequestId = "r", Text = "why" }),
            Assert.Single(Server.Answers.Reviewed));
    }

    [Fact]
    public async Task Return_WithoutAReason_IsUsage() =>
        Assert.Equal(ExitCode.Usage, await RunAsync(["review", "return", .. Ledger, "--hash", FakeReviews.Hash("a")]));

    [Fact]
    public async Task List_ShowsStatesAndHashes()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("review", "list", "office", "2014", "2017"));

        foreach (var text in new[] { "name of a", "待审", "退回", FakeReviews.Hash("b")[..16] })
        {
            Assert.Contains(text, Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task AcceptAll_AcceptsWhatWaitsAsListed_AndSaysWhatWasSkipped()
    {
        Assert.Equal(ExitCode.Refused, await RunAsync("review", "accept-all", "office", "2014", "2017", "--request-id", "r"));

        var (_, request) = Assert.Single(Server.Answers.Reviewed);
        Assert.Equal(
            [("a", 3L, FakeReviews.Hash("a")), ("b", 3L, FakeReviews.Hash("b"))],
            ((AcceptManyRequest)request).Items.Select(item => (item.Unit, item.Revision, item.Hash)));
        Assert.Contains("accepted: 1", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("an edit came in between", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AcceptAll_SignedOnly_LeavesTheOthers()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("review", "accept-all", "office", "2014", "2017", "--signed-only"));

        var (_, request) = Assert.Single(Server.Answers.Reviewed);
        Assert.Equal(["a"], ((AcceptManyRequest)request).Items.Select(item => item.Unit));
    }

    [Fact]
    public async Task Completion_ReportThenReturn_SendsWhatWasSeen()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(["review", "report", .. Ledger, "--digest", "d", "--request-id", "r"]));
        Assert.Equal(ExitCode.Ok, await RunAsync(
            ["review", "decide", .. Ledger, "--number", "1", "--hash", "h", "--return", "two are missing", "--request-id", "s"]));
        Assert.Equal(ExitCode.Ok, await RunAsync(
            ["review", "decide", .. Ledger, "--number", "1", "--hash", "h", "--comment", "agreed", "--request-id", "t"]));

        Assert.Equal(
            [
                ("report", new ReportCompletionRequest
                {
                    Unit = "a", Form = "2014", Period = "2017", Tree = "territory", RequestId = "r", ExpectedDigest = "d",
                }),
                ("decide", new DecideCompletionRequest
                {
                    Unit = "a", Form = "2014", Period = "2017", RequestId = "s", Number = 1, Hash = "h", Text = "two are missing",
                }),
                ("decide", new DecideCompletionRequest
                {
                    Unit = "a", Form = "2014", Period = "2017", RequestId = "t", Number = 1, Hash = "h", Accept = true, Text = "agreed",
                }),
            ],
            Server.Answers.Reviewed);
        Assert.Contains("已上报", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LockBelow_SaysHowMany()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("review", "lock-below", "office", "2014", "2017"));

        Assert.Contains("locked: 4", Output.ToString(), StringComparison.Ordinal);
    }
}
