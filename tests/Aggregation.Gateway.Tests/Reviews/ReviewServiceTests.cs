using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;
using Aggregation.Gateway.Tests.Fakes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Reviews;

public sealed class ReviewServiceTests : IAsyncLifetime
{
    private const string Unit = "411300-G01";

    private GatewayHost host = null!;
    private string key = "";

    public async Task InitializeAsync()
    {
        host = await GatewayHost.StartAsync();
        var all = new Subtree(Names.Territory, Subtree.Everything);
        key = host.Tenant.Keys.Issue(caller => caller with { Review = all, Submit = all, Read = all });
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    public static TheoryData<string, ReviewAct> Acts => new()
    {
        { "Accept", ReviewAct.Accept },
        { "Return", ReviewAct.Return },
        { "Reopen", ReviewAct.Reopen },
        { "Lock", ReviewAct.Lock },
        { "Sign", ReviewAct.Sign },
    };

    [Theory]
    [MemberData(nameof(Acts))]
    public async Task Act_EveryField_ReachesTheLedger(string rpc, ReviewAct act)
    {
        var request = Request();
        if (act == ReviewAct.Return)
        {
            request.Cells.Add(new V1.CellRemark { Cell = "1.1", Text = "too many" });
        }

        var receipt = await CallAsync(rpc, request);

        Assert.Equal((Unit, "r"), (receipt.Unit, receipt.RequestId));
        var command = Assert.Single(Ledger(Unit).Reviewed);
        Assert.Equal(
            (act, "r", 4L, "ab", "because"), (command.Act, command.RequestId, command.Revision, command.Hash, command.Text));
        Assert.Equal(
            act == ReviewAct.Return ? [new CellRemark("1.1", "too many")] : [],
            command.Cells.AsEnumerable());
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Sign")]
    public async Task Act_RemarksWhereNoneAreTaken_IsInvalid(string rpc)
    {
        var request = Request();
        request.Cells.Add(new V1.CellRemark { Cell = "1.1", Text = "too many" });

        var refused = await Assert.ThrowsAsync<RpcException>(() => CallAsync(rpc, request));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Empty(Ledger(Unit).Reviewed);
    }

    [Fact]
    public async Task AcceptMany_OneRefused_HoldsUpNoOther()
    {
        Ledger("b").Refusal = new RefusedException(RefusalKind.Stale, "edited") { CurrentRevision = 9 };
        var request = new V1.AcceptManyRequest
        {
            Form = "2014", Period = "2017", RequestId = "r", Text = "agreed",
        };
        request.Items.AddRange(new[] { "a", "b", "c" }.Select(unit => new V1.AcceptItem { Unit = unit, Revision = 1, Hash = "AB" }));

        var answer = await host.Reviews.AcceptManyAsync(request, GatewayHost.Bearer(key));

        Assert.Equal((2, 1), (answer.Accepted, answer.Skipped));
        Assert.Equal(["a", "b", "c"], answer.Outcomes.Select(outcome => outcome.Unit));
        Assert.Equal(
            ((int)StatusCode.Aborted, "edited", 9L),
            (answer.Outcomes[1].Error.Code, answer.Outcomes[1].Error.Message, answer.Outcomes[1].Error.Refusal.CurrentRevision));
        foreach (var unit in new[] { "a", "c" })
        {
            var command = Assert.Single(Ledger(unit).Reviewed);
            Assert.Equal(
                (ReviewAct.Accept, "r", 1L, "ab", "agreed"),
                (command.Act, command.RequestId, command.Revision, command.Hash, command.Text));
        }
    }

    [Fact]
    public async Task AcceptMany_MoreThanAllowed_IsResourceExhaustedAndNothingIsDone()
    {
        var request = new V1.AcceptManyRequest { Form = "2014", Period = "2017", RequestId = "r" };
        request.Items.AddRange(Enumerable.Range(0, 1001).Select(_ => new V1.AcceptItem { Unit = "a", Revision = 1, Hash = "ab" }));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Reviews.AcceptManyAsync(request, GatewayHost.Bearer(key)));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Empty(Ledger("a").Reviewed);
    }

    [Fact]
    public async Task LockBelow_LocksEveryUnitAndNamesWhatWasSkipped()
    {
        Ledger("office").Below = ["a", "b"];
        Ledger("b").Refusal = new RefusedException(RefusalKind.FailedPrecondition, "waits");

        var answer = await host.Reviews.LockBelowAsync(
            new V1.LockBelowRequest { Unit = "office", Form = "2014", Period = "2017", RequestId = "r" }, GatewayHost.Bearer(key));

        Assert.Equal((1, "b", "waits"), (answer.Locked, Assert.Single(answer.Skipped).Unit, answer.Skipped[0].Error.Message));
        Assert.Equal(ReviewAct.Lock, Assert.Single(Ledger("a").Reviewed).Act);
        Assert.Empty(Ledger("office").Reviewed);
    }

    [Fact]
    public async Task Standings_EveryField_IsOnTheWire()
    {
        var one = await host.Reviews.GetStandingAsync(
            new V1.GetStandingRequest { Unit = Unit, Form = "2014", Period = "2017" }, GatewayHost.Bearer(key));
        var list = await host.Reviews.ListStandingsAsync(
            new V1.ListStandingsRequest { Unit = Unit, Form = "2014", Period = "2017", Tree = "line" }, GatewayHost.Bearer(key));

        Assert.Equal(
            new V1.Standing
            {
                Unit = Unit, UnitName = "unit", Form = "2014", Period = "2017", State = V1.ReportState.Returned, Revision = 4,
                Hash = "bb", AcceptedRevision = 2, NilReturn = true, Signed = true, Locked = true,
            },
            one);
        Assert.Equal(
            [("line-1", V1.ReportState.None), ("line-2", V1.ReportState.Submitted), ("line-3", V1.ReportState.Accepted)],
            list.Standings.Select(standing => (standing.Unit, standing.State)));
    }

    [Fact]
    public async Task Completion_ReportAndDecide_AreBoundToWhatWasSeen()
    {
        var reported = await host.Reviews.ReportCompletionAsync(
            new V1.ReportCompletionRequest
            {
                Unit = "office", Form = "2014", Period = "2017", RequestId = "r", ExpectedDigest = "DD", Text = "complete",
            },
            GatewayHost.Bearer(key));
        var decided = await host.Reviews.DecideCompletionAsync(
            new V1.DecideCompletionRequest
            {
                Unit = "office", Form = "2014", Period = "2017", RequestId = "s", Number = 3, Hash = "EE", Text = "two are missing",
            },
            GatewayHost.Bearer(key));

        Assert.Equal(
            ("r/dd", V1.Scope.Region, V1.Layer.Accepted, V1.CompletionState.Reported, "complete"),
            (reported.RequestId, reported.Selector.Scope, reported.Selector.Layer, reported.Completion.State, reported.Completion.Text));
        Assert.Equal(
            ("s/ee", 3L, V1.CompletionState.Returned, "two are missing"),
            (decided.RequestId, decided.Number, decided.Completion.State, decided.Completion.Decision.Text));
    }

    private static V1.ReviewRequest Request() => new()
    {
        Unit = Unit, Form = "2014", Period = "2017", RequestId = "r", Revision = 4, Hash = "AB", Text = "because",
    };

    private FakeLedger Ledger(string unit) => host.Ledger(unit);

    private async Task<V1.Receipt> CallAsync(string rpc, V1.ReviewRequest request)
    {
        var headers = GatewayHost.Bearer(key);
        return rpc switch
        {
            "Accept" => await host.Reviews.AcceptAsync(request, headers),
            "Return" => await host.Reviews.ReturnAsync(request, headers),
            "Reopen" => await host.Reviews.ReopenAsync(request, headers),
            "Lock" => await host.Reviews.LockAsync(request, headers),
            _ => await host.Reviews.SignAsync(request, headers),
        };
    }
}
