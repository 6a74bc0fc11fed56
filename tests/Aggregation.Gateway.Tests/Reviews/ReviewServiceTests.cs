using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Reviews;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Reviews;

[Collection(ServerCollection.Name)]
public sealed class ReviewServiceTests(Server server) : IAsyncLifetime
{
    private const string Unit = OwnTenant.First;

    private OwnTenant tenant = null!;

    public async Task InitializeAsync() => tenant = await server.OwnTenantAsync(autoAccept: false);

    public Task DisposeAsync() => Task.CompletedTask;

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
        var filed = await tenant.SubmitAsync(Unit, "filed", 1);
        var request = new V1.ReviewRequest
        {
            Unit = Unit, Form = "2014", Period = "2017", RequestId = "r", Revision = 4, Hash = "AB", Text = "because",
        };
        if (act == ReviewAct.Return)
        {
            request.Cells.Add(new V1.CellRemark { Cell = "9.1", Text = "too many" });
        }

        await Assert.ThrowsAsync<RpcException>(() => CallAsync(rpc, request));

        var command = Assert.Single(tenant.Asked<ReviewCommand>());
        Assert.Equal(
            (act, "r", 4L, "ab", "because"), (command.Act, command.RequestId, command.Revision, command.Hash, command.Text));
        Assert.Equal(
            act == ReviewAct.Return ? [new CellRemark("9.1", "too many")] : [],
            command.Cells.AsEnumerable());

        // What is reopened or locked is whatever was accepted; every other act is bound to what was seen.
        var isBound = act is not (ReviewAct.Reopen or ReviewAct.Lock);
        (request.Revision, request.Hash) = isBound ? (filed.Revision, filed.Hash.ToUpperInvariant()) : (0, "");
        if (!isBound)
        {
            await server.Reviews.AcceptAsync(Act(filed, "accept"), tenant.Call);
        }

        var receipt = await CallAsync(rpc, request);

        Assert.Equal((Unit, "r"), (receipt.Unit, receipt.RequestId));
    }

    [Theory]
    [InlineData("Accept")]
    [InlineData("Sign")]
    public async Task Act_RemarksWhereNoneAreTaken_IsInvalid(string rpc)
    {
        var request = Act(await tenant.SubmitAsync(Unit, "filed", 1), "r");
        request.Cells.Add(new V1.CellRemark { Cell = "9.1", Text = "too many" });

        var refused = await Assert.ThrowsAsync<RpcException>(() => CallAsync(rpc, request));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.Empty(tenant.Asked<ReviewCommand>());
    }

    [Fact]
    public async Task AcceptMany_OneRefused_HoldsUpNoOther()
    {
        var seen = new List<V1.Receipt>();
        foreach (var unit in new[] { OwnTenant.First, OwnTenant.Second, OwnTenant.Office })
        {
            seen.Add(await tenant.SubmitAsync(unit, "filed", 1));
        }

        await tenant.SubmitAsync(OwnTenant.Second, "edited", 2);
        var alone = await Assert.ThrowsAsync<RpcException>(async () => await server.Reviews.AcceptAsync(Act(seen[1], "alone"), tenant.Call));
        var request = new V1.AcceptManyRequest { Form = "2014", Period = "2017", RequestId = "r", Text = "agreed" };
        request.Items.AddRange(seen.Select(
            static filed => new V1.AcceptItem { Unit = filed.Unit, Revision = filed.Revision, Hash = filed.Hash.ToUpperInvariant() }));

        var answer = await server.Reviews.AcceptManyAsync(request, tenant.Call);

        Assert.Equal((2, 1), (answer.Accepted, answer.Skipped));
        Assert.Equal(seen.Select(static filed => filed.Unit), answer.Outcomes.Select(static outcome => outcome.Unit));
        Assert.Equal(
            ((int)StatusCode.Aborted, alone.Status.Detail, 2L),
            (answer.Outcomes[1].Error.Code, answer.Outcomes[1].Error.Message, answer.Outcomes[1].Error.Refusal.CurrentRevision));
        foreach (var filed in new[] { seen[0], seen[2] })
        {
            var command = Assert.Single(tenant.Asked<ReviewCommand>(), command => command.Hash == filed.Hash);
            Assert.Equal(
                (ReviewAct.Accept, "r", 1L, "agreed"), (command.Act, command.RequestId, command.Revision, command.Text));
            Assert.Equal(V1.ReportState.Accepted, (await StandingAsync(filed.Unit)).State);
        }
    }

    [Fact]
    public async Task AcceptMany_MoreThanAllowed_IsResourceExhaustedAndNothingIsDone()
    {
        var request = new V1.AcceptManyRequest { Form = "2014", Period = "2017", RequestId = "r" };
        request.Items.AddRange(Enumerable.Range(0, 1001).Select(_ => new V1.AcceptItem { Unit = Unit, Revision = 1, Hash = "ab" }));

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Reviews.AcceptManyAsync(request, tenant.Call));

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Empty(tenant.Asked<ReviewCommand>());
    }

    [Fact]
    public async Task LockBelow_LocksEveryUnitAndNamesWhatWasSkipped()
    {
        var small = await server.OwnTenantAsync(
            """
            code,name,kind,level,parent,from,to
            office,Office,government,city,,,
            a,One,department,,office,,
            b,Two,department,,office,,
            """,
            autoAccept: false);
        await server.Reviews.AcceptAsync(Act(await small.SubmitAsync("a", "filed", 1), "accept"), small.Call);
        var waiting = await small.SubmitAsync("b", "filed", 1);
        var alone = await Assert.ThrowsAsync<RpcException>(async () => await server.Reviews.LockAsync(
            new V1.ReviewRequest { Unit = waiting.Unit, Form = "2014", Period = "2017", RequestId = "alone" }, small.Call));
        var before = small.Asked<ReviewCommand>().Count;

        var answer = await server.Reviews.LockBelowAsync(
            new V1.LockBelowRequest { Unit = "office", Form = "2014", Period = "2017", RequestId = "r" }, small.Call);

        Assert.Equal((1, "b", alone.Status.Detail), (answer.Locked, Assert.Single(answer.Skipped).Unit, answer.Skipped[0].Error.Message));
        Assert.Equal([ReviewAct.Lock, ReviewAct.Lock], small.Asked<ReviewCommand>().Skip(before).Select(static command => command.Act));
        Assert.True((await server.Reviews.GetStandingAsync(
            new V1.GetStandingRequest { Unit = "a", Form = "2014", Period = "2017" }, small.Call)).Locked);
    }

    /// <summary>Values that no report has all at once.</summary>
    [Fact]
    public void Standing_EveryField_IsOnTheWire() => Assert.Equal(
        new V1.Standing
        {
            Unit = Unit, UnitName = "unit", Form = "2014", Period = "2017", State = V1.ReportState.Returned, Revision = 4,
            Hash = "bb", AcceptedRevision = 2, NilReturn = true, Signed = true, Locked = true, Version = 5,
        },
        ReviewMapping.Standing(new ReportStanding
        {
            Ledger = new LedgerKey("hunan", "2014", "2017", Unit),
            UnitName = "unit",
            State = ReportState.Returned,
            Revision = 4,
            Hash = "bb",
            AcceptedRevision = 2,
            Nil = true,
            IsSigned = true,
            IsLocked = true,
            Version = 5,
        }));

    [Fact]
    public async Task Standings_OfALine_AreOfItsUnits()
    {
        var filed = await tenant.SubmitAsync(OwnTenant.First, "filed", 1);
        await server.Reviews.AcceptAsync(Act(await tenant.SubmitAsync(OwnTenant.Second, "filed", 1), "accept"), tenant.Call);

        var one = await StandingAsync(OwnTenant.First);
        var none = await StandingAsync("411400");
        var list = await server.Reviews.ListStandingsAsync(
            new V1.ListStandingsRequest { Unit = OwnTenant.Office, Form = "2014", Period = "2017", Tree = OwnTenant.Line }, tenant.Call);

        Assert.Equal((filed.Revision, filed.Hash, "南阳市教育局"), (one.Revision, one.Hash, one.UnitName));
        Assert.Equal(V1.ReportState.None, none.State);
        Assert.Equal(
            [(OwnTenant.First, V1.ReportState.Submitted), (OwnTenant.Second, V1.ReportState.Accepted)],
            list.Standings.Select(static standing => (standing.Unit, standing.State)));
        Assert.Contains(one, list.Standings);
    }

    [Fact]
    public async Task Completion_ReportAndDecide_AreBoundToWhatWasSeen()
    {
        var filed = await tenant.SubmitAsync(Unit, "filed", 1);
        var accepted = await server.Reviews.AcceptAsync(Act(filed, "accept"), tenant.Call);
        var total = await tenant.TotalAsync(
            new V1.TotalSelector { Unit = "411300", Form = "2014", Period = "2017", Layer = V1.Layer.Accepted }, accepted);

        var reported = await server.Reviews.ReportCompletionAsync(
            new V1.ReportCompletionRequest
            {
                Unit = "411300", Form = "2014", Period = "2017", RequestId = "r", ExpectedDigest = total.Digest.ToUpperInvariant(), Text = "complete",
            },
            tenant.Call);
        var decided = await server.Reviews.DecideCompletionAsync(
            new V1.DecideCompletionRequest
            {
                Unit = "411300", Form = "2014", Period = "2017", RequestId = "s", Number = reported.Number,
                Hash = reported.Hash.ToUpperInvariant(), Text = "two are missing",
            },
            tenant.Call);

        Assert.Equal(total.Digest, Assert.Single(tenant.Asked<PublishCommand>()).ExpectedDigest);
        Assert.Equal(
            ("r", V1.Scope.Region, V1.Layer.Accepted, V1.CompletionState.Reported, "complete"),
            (reported.RequestId, reported.Selector.Scope, reported.Selector.Layer, reported.Completion.State, reported.Completion.Text));
        var command = Assert.Single(tenant.Asked<DecideCompletionCommand>());
        Assert.Equal(("s", reported.Number, reported.Hash), (command.RequestId, command.Number, command.Hash));
        Assert.Equal(
            (reported.Number, V1.CompletionState.Returned, "complete", "two are missing"),
            (decided.Number, decided.Completion.State, decided.Completion.Text, decided.Completion.Decision.Text));
    }

    private static V1.ReviewRequest Act(V1.Receipt seen, string requestId) => new()
    {
        Unit = seen.Unit, Form = seen.Form, Period = seen.Period, RequestId = requestId, Revision = seen.Revision, Hash = seen.Hash,
    };

    private async Task<V1.Standing> StandingAsync(string unit) => await server.Reviews.GetStandingAsync(
        new V1.GetStandingRequest { Unit = unit, Form = "2014", Period = "2017" }, tenant.Call);

    private async Task<V1.Receipt> CallAsync(string rpc, V1.ReviewRequest request) => rpc switch
    {
        "Accept" => await server.Reviews.AcceptAsync(request, tenant.Call),
        "Return" => await server.Reviews.ReturnAsync(request, tenant.Call),
        "Reopen" => await server.Reviews.ReopenAsync(request, tenant.Call),
        "Lock" => await server.Reviews.LockAsync(request, tenant.Call),
        _ => await server.Reviews.SignAsync(request, tenant.Call),
    };
}
