using Grpc.Core;

namespace Aggregation.Gateway.Tests.Reviews;

/// <summary>What an accepted completion reads while those below go on correcting, and where its tenant has it lock them.</summary>
[Collection(ServerCollection.Name)]
public sealed class CompletionNowTests(Server server)
{
    private const string City = "411300";

    private const string Units = """
        code,name,kind,level,parent,from,to
        410000,河南省,government,province,,2000-01-01,
        411300,南阳市,government,city,410000,2000-01-01,
        411300-A,南阳市教育局,department,,411300,2000-01-01,
        411300-B,南阳市公安局,department,,411300,2000-01-01,
        """;

    [Fact]
    public async Task Completion_CorrectedBelowAfterItsAcceptance_DiffersSinceEverywhereWithTheDifference()
    {
        var tenant = await server.OwnTenantAsync(Units);
        await FileAsync(tenant, "411300-A", 15);
        var decision = Decision(await ReportAsync(tenant));
        Assert.Equal(V1.CompletionState.Accepted, (await server.Reviews.DecideCompletionAsync(decision, tenant.Call)).Completion.State);

        await FileAsync(tenant, "411300-A", 112);

        var total = new V1.CellTotal { Code = "9.1", Amount = new V1.Amount { Units = 15 }, Count = 1 };
        var now = new V1.CellTotal { Code = "9.1", Amount = new V1.Amount { Units = 112 }, Count = 1 };
        foreach (var completion in await EverywhereAsync(tenant, decision))
        {
            Assert.Equal(V1.CompletionState.DiffersSince, completion.State);
            Assert.Equal([new V1.CellDifference { Code = "9.1", Published = total, Current = now }], completion.Differences);
        }

        await FileAsync(tenant, "411300-A", 15);
        Assert.All(await EverywhereAsync(tenant, decision), completion => Assert.Equal(V1.CompletionState.DiffersSince, completion.State));
        Assert.All(await EverywhereAsync(tenant, decision), completion => Assert.Empty(completion.Differences));
    }

    [Fact]
    public async Task Completion_ReadByWhoMayNotReadFigures_SaysThatItDiffersAndNotHow()
    {
        var tenant = await server.OwnTenantAsync(Units);
        await FileAsync(tenant, "411300-A", 15);
        await server.Reviews.DecideCompletionAsync(Decision(await ReportAsync(tenant)), tenant.Call);
        await FileAsync(tenant, "411300-A", 112);
        var key = await server.Admin.CreateKeyAsync(
            new V1.CreateKeyRequest { Label = "clerk", Submit = new V1.Subtree { Unit = City } }, tenant.Call);

        var completion = (await Publications.ListPublicationsAsync(List(), Server.As(key.Text))).Publications.Single().Completion;

        Assert.Equal(V1.CompletionState.DiffersSince, completion.State);
        Assert.Empty(completion.Differences);
    }

    [Fact]
    public async Task Completion_OfATenantThatLocks_LocksEverythingBelowAndStaysWhatWasAccepted()
    {
        var tenant = await LockingTenantAsync();
        await FileAsync(tenant, "411300-A", 15);
        var decision = Decision(await ReportAsync(tenant));

        Assert.Equal(V1.CompletionState.Accepted, (await server.Reviews.DecideCompletionAsync(decision, tenant.Call)).Completion.State);

        foreach (var unit in new[] { City, "411300-A", "411300-B" })
        {
            var standing = await server.Reviews.GetStandingAsync(new V1.GetStandingRequest { Unit = unit, Form = "2014", Period = "2017" }, tenant.Call);
            Assert.True(standing.Locked, unit);
            var refused = await Assert.ThrowsAsync<RpcException>(() => tenant.SubmitAsync(unit, "late", 9));
            Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
        }

        // What the level above reopens on purpose may differ, and is not locked again by a repeated request.
        await server.Reviews.ReopenAsync(
            new V1.ReviewRequest { Unit = "411300-A", Form = "2014", Period = "2017", RequestId = "reopen", Text = "an error was found" }, tenant.Call);
        await FileAsync(tenant, "411300-A", 14);
        Assert.All(await EverywhereAsync(tenant, decision), completion => Assert.Equal((V1.CompletionState.DiffersSince, 0), (completion.State, completion.Unlocked)));
        await FileAsync(tenant, "411300-A", 13);
    }

    [Fact]
    public async Task Completion_WithALockThatCannotStandYet_ReadsAcceptingUntilTheSameRequestLocksTheLast()
    {
        // The school's correction waits for the department's office when the city is accepted above.
        var tenant = await LockingTenantAsync(Units + "\n411300-A1,南阳市第一中学,institution,,411300-A,2000-01-01,");
        await FileAsync(tenant, "411300-A1", 15);
        await DecideAsync(tenant, "411300-A");
        var reported = await ReportAsync(tenant);
        await server.Reviews.ReopenAsync(
            new V1.ReviewRequest { Unit = "411300-A1", Form = "2014", Period = "2017", RequestId = "reopen", Text = "to be corrected" }, tenant.Call);
        await AcceptAsync(tenant, await tenant.SubmitAsync("411300-A1", "same again", 15));
        var again = await ReportAsync(tenant, "again");
        var waiting = await tenant.SubmitAsync("411300-A1", "waits", 16);
        var decision = Decision(again);

        var accepting = (await server.Reviews.DecideCompletionAsync(decision, tenant.Call)).Completion;
        var listed = (await Publications.ListPublicationsAsync(List(), tenant.Call)).Publications.Last().Completion;
        await AcceptAsync(tenant, waiting);
        var done = (await server.Reviews.DecideCompletionAsync(decision, tenant.Call)).Completion;

        Assert.NotEqual(reported.Number, again.Number);
        Assert.Equal((V1.CompletionState.Accepting, 1), (accepting.State, accepting.Unlocked));
        Assert.Equal((V1.CompletionState.Accepting, 1), (listed.State, listed.Unlocked));
        Assert.Equal((V1.CompletionState.DiffersSince, 0), (done.State, done.Unlocked));
        Assert.Equal(16, Assert.Single(done.Differences).Current.Amount.Units);
    }

    private V1.PublicationService.PublicationServiceClient Publications => new(server.Channel);

    private static V1.ListPublicationsRequest List() => new() { Unit = City, Form = "2014", Period = "2017" };

    private static V1.DecideCompletionRequest Decision(V1.Publication reported) => new()
    {
        Unit = reported.Selector.Unit, Form = "2014", Period = "2017", RequestId = $"decide-{reported.Number}", Number = reported.Number, Hash = reported.Hash, Accept = true,
    };

    /// <summary>The completion wherever it can be read, a repeated decision among them.</summary>
    private async Task<IReadOnlyList<V1.Completion>> EverywhereAsync(OwnTenant tenant, V1.DecideCompletionRequest decision) =>
    [
        (await Publications.ListPublicationsAsync(List(), tenant.Call)).Publications.Single().Completion,
        (await Publications.GetPublicationAsync(new V1.GetPublicationRequest { Unit = City, Form = "2014", Period = "2017" }, tenant.Call)).Publication.Completion,
        (await Publications.GetRestatementAsync(new V1.GetRestatementRequest { Unit = City, Form = "2014", Period = "2017" }, tenant.Call)).Publication.Completion,
        (await server.Reviews.DecideCompletionAsync(decision, tenant.Call)).Completion,
    ];

    private async Task<OwnTenant> LockingTenantAsync(string units = Units)
    {
        var tenant = await server.OwnTenantAsync(units);
        await server.Admin.ChangeSettingsAsync(
            new V1.ChangeSettingsRequest { Settings = new V1.TenantSettings { AutoAccept = false, FourEyes = false, LockOnCompletion = true } },
            tenant.Call);
        return tenant;
    }

    /// <summary>Files a figure, has it accepted where the tenant reviews, and waits until the city's total has it.</summary>
    private async Task FileAsync(OwnTenant tenant, string unit, long figure)
    {
        var receipt = await tenant.SubmitAsync(unit, $"file-{figure}-{Guid.NewGuid()}", figure);
        var standing = await server.Reviews.GetStandingAsync(new V1.GetStandingRequest { Unit = unit, Form = "2014", Period = "2017" }, tenant.Call);
        await (standing.State == V1.ReportState.Accepted
            ? tenant.TotalAsync(new V1.TotalSelector { Unit = City, Form = "2014", Period = "2017" }, receipt)
            : AcceptAsync(tenant, receipt));
    }

    private async Task<V1.Total> AcceptAsync(OwnTenant tenant, V1.Receipt receipt)
    {
        var accepted = await server.Reviews.AcceptAsync(
            new V1.ReviewRequest
            {
                Unit = receipt.Unit, Form = "2014", Period = "2017", RequestId = $"accept-{receipt.Revision}", Revision = receipt.Revision, Hash = receipt.Hash,
            },
            tenant.Call);
        return await tenant.TotalAsync(new V1.TotalSelector { Unit = City, Form = "2014", Period = "2017" }, accepted);
    }

    private async Task<V1.Publication> ReportAsync(OwnTenant tenant, string requestId = "done", string unit = City)
    {
        var total = await tenant.TotalAsync(new V1.TotalSelector { Unit = unit, Form = "2014", Period = "2017", Layer = V1.Layer.Accepted });
        return await server.Reviews.ReportCompletionAsync(
            new V1.ReportCompletionRequest { Unit = unit, Form = "2014", Period = "2017", RequestId = requestId, ExpectedDigest = total.Digest }, tenant.Call);
    }

    private async Task DecideAsync(OwnTenant tenant, string unit) =>
        await server.Reviews.DecideCompletionAsync(Decision(await ReportAsync(tenant, unit: unit)), tenant.Call);
}
