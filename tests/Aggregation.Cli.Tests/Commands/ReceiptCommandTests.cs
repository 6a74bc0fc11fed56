using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class ReceiptCommandTests : CommandTest
{
    private static readonly string Hash = new('a', 64);

    [Theory]
    [InlineData(ReceiptStanding.Held, ExitCode.Ok, "1 of 1 receipts stand")]
    [InlineData(ReceiptStanding.SentAgain, ExitCode.Ok, "1 of 1 receipts stand")]
    [InlineData(ReceiptStanding.Missing, ExitCode.Refused, "send again with the same request id")]
    [InlineData(ReceiptStanding.Replaced, ExitCode.Refused, "see the history")]
    public async Task Verify_ByStanding_SaysWhatToDo(ReceiptStanding standing, int expected, string text)
    {
        VerifyReceiptRequest? asked = null;
        Server.Answers.VerifyReceipt = request =>
        {
            asked = request;
            return new VerifyReceiptResponse { Standing = standing, CurrentRevision = 2 };
        };

        Assert.Equal(expected, await RunAsync("receipt", "verify", "u", "2014", "2017", "3", Hash, "--request-id", "r"));

        Assert.Equal(
            new VerifyReceiptRequest { Unit = "u", Form = "2014", Period = "2017", Revision = 3, Hash = Hash, RequestId = "r" }, asked);
        Assert.Contains(text, Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyFile_WhatSubmitPrinted_AsksForEachReceipt()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("submit", "--json", Write("one.json", Submission("a"))));
        Assert.Equal(ExitCode.Ok, await RunAsync("submit", "--json", Write("two.json", $"[{Submission("b")},{Submission("c")}]")));
        var receipts = Write("receipts.jsonl", Output + "\n");
        Server.Answers.VerifyReceipt = request => new VerifyReceiptResponse
        {
            Standing = request.RequestId == "b" ? ReceiptStanding.Missing : ReceiptStanding.Held,
        };
        Output.GetStringBuilder().Clear();

        Assert.Equal(ExitCode.Refused, await RunAsync("receipt", "verify-file", receipts));

        Assert.Contains("2 of 3 receipts stand", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("│ b ", Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("│ a ", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task VerifyFile_NotReceipts_NamesEachLineAndAsksNothing()
    {
        Server.Answers.VerifyReceipt = _ => throw new InvalidOperationException("Nothing is to be asked.");
        var file = Write("receipts.jsonl", "{\"unit\":\"u\"}\nnonsense\n");

        Assert.Equal(ExitCode.Usage, await RunAsync("receipt", "verify-file", file, "absent.jsonl"));

        foreach (var text in new[] { "receipts.jsonl[1]", "receipts.jsonl[2]", "absent.jsonl" })
        {
            Assert.Contains(text, Error.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Submission(string id) =>
        $$"""{"unit":"u","form":"2014","period":"2017","nilReturn":true,"requestId":"{{id}}"}""";
}
