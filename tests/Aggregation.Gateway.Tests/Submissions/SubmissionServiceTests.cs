using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Gateway.Tests.Errors;
using Aggregation.Gateway.Tests.Fakes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Submissions;

public sealed class SubmissionServiceTests
{
    [Fact]
    public async Task Submit_EveryField_ReachesTheLedgerOfTheCallersTenant()
    {
        await using var host = await GatewayHost.StartAsync();
        SubmitCommand? taken = null;
        var ledger = host.Ledger("411300-G01");
        ledger.OnSubmit = (caller, command, _) =>
        {
            Assert.Equal("hunan", caller.Tenant);
            taken = command;
            return Task.FromResult(FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "411300-G01"), command) with
            {
                Revision = 3,
                Findings = [new CheckFinding
                {
                    CheckId = "c1", Severity = Severity.Soft, Cell = "1.1", Value = "428", Rule = "r", MessageZh = "说", MessageEn = "say", Explanation = "因为",
                }],
            });
        };
        var request = Requests.Submit();
        request.ExpectedRevision = 0;
        request.Cells.Add(new V1.Cell { Code = "7", Amount = new V1.Amount { Units = -2, Nanos = -500_000_000 } });
        request.Explanations.Add(new V1.Explanation { CheckId = "c1", Text = "因为" });
        request.Narrative.Add(new V1.Cell { Code = "1.1", Amount = new V1.Amount { Units = 1795 } });
        request.FiledOn = "2017-01-11";

        var receipt = await host.Submissions.SubmitAsync(request, host.Call());

        Assert.Equal(("r1", 0L, false, new DateOnly(2017, 1, 11)), (taken!.RequestId, taken.ExpectedRevision, taken.Nil, taken.FiledOn));
        Assert.Equal([new CellFigure("1.1", new Amount(428, 0)), new CellFigure("7", new Amount(-2, -500_000_000))], taken.Cells.AsEnumerable());
        Assert.Equal([new Explanation("c1", "因为")], taken.Explanations.AsEnumerable());
        Assert.Equal([new CellFigure("1.1", new Amount(1795, 0))], taken.Narrative.AsEnumerable());
        Assert.Equal(
            new V1.Receipt
            {
                Unit = "411300-G01", Form = "2014", Period = "2017", RequestId = "r1", Revision = 3, Hash = "aa",
                At = new Google.Protobuf.WellKnownTypes.Timestamp(),
                Findings =
                {
                    new V1.Finding
                    {
                        CheckId = "c1", Severity = V1.Severity.Soft, Cell = "1.1", Value = "428", Rule = "r", MessageZh = "说", MessageEn = "say", Explanation = "因为",
                    },
                },
            },
            receipt);
    }

    [Fact]
    public async Task Submit_NilWithoutExpectation_LeavesTheRestEmpty()
    {
        await using var host = await GatewayHost.StartAsync();
        SubmitCommand? taken = null;
        host.Ledger("u").OnSubmit = (_, command, _) =>
        {
            taken = command;
            return Task.FromResult(FakeLedger.ReceiptOf(new("hunan", "2014", "2017", "u"), command));
        };

        await host.Submissions.SubmitAsync(
            new V1.SubmitRequest { Unit = "u", Form = "2014", Period = "2017", RequestId = "r", NilReturn = true }, host.Call());

        Assert.Equal((true, null, null), (taken!.Nil, taken.ExpectedRevision, taken.FiledOn));
        Assert.Empty(taken.Cells);
        Assert.Empty(taken.Narrative);
    }

    [Theory]
    [InlineData("2017-02-30")]
    [InlineData("2017-2-3")]
    [InlineData("17/02/2003")]
    public async Task Submit_FiledOnIsNoDate_NamesTheFieldAndTheRule(string filedOn)
    {
        await using var host = await GatewayHost.StartAsync();
        var request = Requests.Submit();
        request.FiledOn = filedOn;

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Submissions.SubmitAsync(request, host.Call()));

        var violation = Assert.Single(ErrorTests.StatusOf(error)!.Details[1].Unpack<V1.Refusal>().Violations);
        Assert.Equal(("filed_on", filedOn, "YYYY-MM-DD"), (violation.Field, violation.Value, violation.Rule));
    }

    [Fact]
    public async Task Submit_CellWithoutAmount_IsRefusedBecauseEmptyIsNotZero()
    {
        await using var host = await GatewayHost.StartAsync();
        var request = Requests.Submit();
        request.Cells.Add(new V1.Cell { Code = "3.1" });

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Submissions.SubmitAsync(request, host.Call()));

        Assert.Equal((StatusCode.InvalidArgument, "cells[3.1].amount: Must be given."), (error.StatusCode, error.Status.Detail));
    }

    [Theory]
    [InlineData(Severity.Soft, "because", true)]
    [InlineData(Severity.Soft, "", false)]
    [InlineData(Severity.Hard, "because", false)]
    public async Task Validate_Finding_IsAcceptableOnlyWhenSoftAndExplained(Severity severity, string explanation, bool acceptable)
    {
        await using var host = await GatewayHost.StartAsync();
        host.Ledger("411300-G01").Findings = [new CheckFinding
        {
            CheckId = "c", Severity = severity, Cell = "1.1", Value = "1", Rule = "r", MessageZh = "z", MessageEn = "e", Explanation = explanation,
        }];

        var answer = await host.Submissions.ValidateAsync(Requests.Submit(), host.Call());

        Assert.Equal(acceptable, answer.Acceptable);
        Assert.Equal(explanation, Assert.Single(answer.Findings).Explanation);
    }

    [Fact]
    public async Task GetHistoryWithdraw_EachReachesTheLedgerAndComesBackWhole()
    {
        await using var host = await GatewayHost.StartAsync();

        var latest = await host.Submissions.GetAsync(
            new V1.GetSubmissionRequest { Unit = "u", Form = "2014", Period = "2017" }, host.Call());
        var second = await host.Submissions.GetAsync(
            new V1.GetSubmissionRequest { Unit = "u", Form = "2014", Period = "2017", Revision = 2 }, host.Call());
        var history = await host.Submissions.HistoryAsync(
            new V1.HistoryRequest { Unit = "u", Form = "2014", Period = "2017" }, host.Call());
        var withdrawn = await host.Submissions.WithdrawAsync(
            new V1.WithdrawRequest { Unit = "u", Form = "2014", Period = "2017", RequestId = "w", ExpectedRevision = 4, Reason = "错" }, host.Call());

        Assert.Equal("latest", latest.Receipt.RequestId);
        Assert.Equal((V1.SubmissionState.Accepted, "2017-01-11"), (latest.State, latest.FiledOn));
        Assert.Equal(new V1.Cell { Code = "7", Amount = new V1.Amount { Units = 2, Nanos = 500_000_000 } }, Assert.Single(latest.Cells));
        Assert.Equal("2", second.Receipt.RequestId);
        Assert.Equal(["1", "2"], history.Submissions.Select(submission => submission.Receipt.RequestId));
        Assert.Equal("w/4/错", withdrawn.RequestId);
    }

    [Theory]
    [InlineData(ReceiptState.Held, V1.ReceiptStanding.Held, true)]
    [InlineData(ReceiptState.Missing, V1.ReceiptStanding.Missing, false)]
    [InlineData(ReceiptState.Replaced, V1.ReceiptStanding.Replaced, true)]
    [InlineData(ReceiptState.SentAgain, V1.ReceiptStanding.SentAgain, true)]
    public async Task VerifyReceipt_ByStanding_ComesBackWhole(ReceiptState standing, V1.ReceiptStanding expected, bool holds)
    {
        await using var host = await GatewayHost.StartAsync();
        var ledger = host.Ledger("u");
        ledger.Standing = standing;
        var request = new V1.VerifyReceiptRequest
        {
            Unit = "u", Form = "2014", Period = "2017", Revision = 3, Hash = new string('A', 64), RequestId = "r",
        };

        var answer = await host.Submissions.VerifyReceiptAsync(request, host.Call());

        Assert.Equal(new VerifyReceiptQuery { Revision = 3, Hash = new string('a', 64), RequestId = "r" }, ledger.ReceiptAsked);
        Assert.Equal((expected, 4L, holds ? "held" : null), (answer.Standing, answer.CurrentRevision, answer.Receipt?.RequestId));
    }
}
