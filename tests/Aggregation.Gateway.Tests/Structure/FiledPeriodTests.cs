using Grpc.Core;
using static Aggregation.Gateway.Tests.Structure.Restructured;

namespace Aggregation.Gateway.Tests.Structure;

/// <summary>A change dated into a period that was filed: nothing leaves a total unasked, and whatever was filed stays to be read.</summary>
[Collection(ServerCollection.Name)]
public sealed class FiledPeriodTests(Server server)
{
    private static readonly V1.StructureChange Merger = Change("merge", Second, into: First);

    [Fact]
    public async Task Plan_AMergerIntoAFiledPeriod_NamesEachAcceptedReportThatLeavesATotalAndTheSuccessor()
    {
        var units = await StartAsync(server);
        await FileAsync(units);
        await units.Tenant.SubmitAsync(Second, "q1", 5, "2018Q1");

        var plan = await units.PlanAsync(Merger);

        var loss = Assert.Single(plan.Losses);
        Assert.Equal(
            new V1.PlannedLoss
            {
                Tree = "territory", Unit = Second, UnitName = "戊县", Form = Form, Period = "2018", Revision = 1, Leaves = true, Successor = First,
                Totals = { Second, City, Root },
            },
            loss);
    }

    [Fact]
    public async Task Apply_WithLossesUnasked_IsRefusedNamingEachAndChangesNothing()
    {
        var units = await StartAsync(server);
        await FileAsync(units);

        var refusal = await RefusedAsync(() => units.ApplyAsync(acceptLoss: false, Merger));

        Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
        var violation = Assert.Single(Violations(refusal));
        Assert.Equal(("accept_loss", $"{Second} {Form} 2018"), (violation.Field, violation.Value));
        Assert.Contains($"“{First}”", violation.MessageZh, StringComparison.Ordinal);
        Assert.Contains($"'{First}'", violation.MessageEn, StringComparison.Ordinal);
        Assert.Equal([("9.1", 63L)], Figures((await units.TotalAsync(City)).Cells));
        await units.ApplyAsync(acceptLoss: true, Merger);
        Assert.Equal([("9.1", 32L)], Figures((await units.RestatedAsync(City)).Cells));
    }

    [Fact]
    public async Task Apply_WhereNothingAcceptedLeavesATotal_AsksForNothing()
    {
        var units = await StartAsync(server, autoAccept: false);
        await FileAsync(units);
        await units.Tenant.SubmitAsync(Second, "q1", 5, "2018Q1");

        Assert.Empty((await units.PlanAsync(Merger)).Losses);
        await units.ApplyAsync(acceptLoss: false, Merger);
    }

    [Theory]
    [InlineData("move", OtherCity, "", City)]
    [InlineData("merge", "", OtherCity, Second + " " + City + " " + Root)]
    [InlineData("abolish", "", First, Second + " " + City + " " + Root)]
    [InlineData("close", "", "", Second + " " + City + " " + Root)]
    public async Task Plan_EveryKindOfChange_NamesTheTotalsThatTheReportLeaves(string kind, string parent, string into, string totals)
    {
        var units = await StartAsync(server);
        await units.ApplyAsync(acceptLoss: false, Change("move", Department, "2017-01-01", First));
        await FileAsync(units);
        var change = Change(kind, Second, "2018-12-31", parent, into);

        var loss = Assert.Single((await units.PlanAsync(change)).Losses);

        Assert.Equal(
            (Second, totals, kind != "move", into), (loss.Unit, string.Join(' ', loss.Totals), loss.Leaves, loss.Successor));
        Assert.Equal(StatusCode.FailedPrecondition, (await RefusedAsync(() => units.ApplyAsync(acceptLoss: false, change))).StatusCode);
    }

    [Fact]
    public async Task Plan_ADepartmentThatBecomesAGovernment_LeavesTheLevelOfTheOneAbove()
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(Finance, "f", 7, "2018");
        var change = Change("rename", Finance, kind: "government");
        change.Level = "township";

        var loss = Assert.Single((await units.PlanAsync(change)).Losses);

        Assert.Equal((Finance, OtherCity, false), (loss.Unit, string.Join(' ', loss.Totals), loss.Leaves));
    }

    [Fact]
    public async Task Plan_AnOfficeThatIsMerged_ItsSuccessorsTotalStandsForItsOwn()
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(Department, "d", 7, "2018");

        Assert.Empty((await units.PlanAsync(Merger)).Losses);
        await units.ApplyAsync(acceptLoss: false, Merger);
    }

    [Fact]
    public async Task Plan_ALockedReportWithNothingFiled_IsNamed()
    {
        var units = await StartAsync(server, autoAccept: false);
        await server.Reviews.LockAsync(
            new V1.ReviewRequest { Unit = Second, Form = Form, Period = "2018", RequestId = "lock" }, units.Call);

        var loss = Assert.Single((await units.PlanAsync(Merger)).Losses);

        Assert.Equal((Second, 0L, true), (loss.Unit, loss.Revision, loss.Locked));
    }

    [Fact]
    public async Task Plan_ALine_NamesTheLinesTotals()
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(Department, "d", 7, "2018");

        var loss = Assert.Single((await units.PlanAsync(Change("close", Department, tree: Line))).Losses);

        Assert.Equal((Line, Department, $"{Department} 990000-E"), (loss.Tree, loss.Unit, string.Join(' ', loss.Totals)));
    }

    [Fact]
    public async Task Read_AUnitThatHasLeft_GivesWhateverItFiledToWhoeverMayReadThePeriod()
    {
        var units = await StartAsync(server);
        var (own, city) = (new V1.Subtree { Unit = Second }, new V1.Subtree { Unit = City });
        CallOptions[] readers =
        [
            units.Call, await units.KeyAsync(submit: own), await units.KeyAsync(read: city), await units.KeyAsync(review: city),
            await units.KeyAsync(review: new V1.Subtree { Unit = City, UnitOnly = true }),
        ];
        CallOptions[] others =
        [
            await units.KeyAsync(submit: new V1.Subtree { Unit = First }, read: new V1.Subtree { Unit = OtherCity }),
            await units.KeyAsync(read: new V1.Subtree { Unit = City, UnitOnly = true }), await units.KeyAsync(review: own),
            await units.KeyAsync(review: new V1.Subtree { Unit = Root, UnitOnly = true }),
        ];
        var receipt = await FileAsync(units);
        await units.ApplyAsync(acceptLoss: true, Merger);

        foreach (var reader in readers)
        {
            Assert.Equal(31, Assert.Single((await GetAsync(reader)).Cells).Amount.Units);
            var history = await server.Submissions.HistoryAsync(new V1.HistoryRequest { Unit = Second, Form = Form, Period = "2018" }, reader);
            Assert.Equal([receipt.Hash], history.Submissions.Select(submission => submission.Receipt.Hash));
            Assert.Equal([receipt.Hash], await TrailAsync(reader));
            var verified = await server.Submissions.VerifyReceiptAsync(
                new V1.VerifyReceiptRequest { Unit = Second, Form = Form, Period = "2018", Revision = 1, Hash = receipt.Hash }, reader);
            Assert.Equal(V1.ReceiptStanding.Held, verified.Standing);
        }

        foreach (var other in others)
        {
            Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(() => GetAsync(other))).StatusCode);
            Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(() => TrailAsync(other))).StatusCode);
        }
    }

    [Fact]
    public async Task Write_AUnitThatHasLeft_IsRefusedSayingHowAndWhoTookOverAndRepeatsGetTheirReceipt()
    {
        var units = await StartAsync(server);
        var receipt = await FileAsync(units);
        var key = await units.KeyAsync(submit: new V1.Subtree { Unit = Second });
        await units.ApplyAsync(acceptLoss: true, Merger);

        RpcException[] refusals =
        [
            await RefusedAsync(() => server.Submissions.SubmitAsync(Server.Submit(Second, "new", 8, "2018"), key).ResponseAsync),
            await RefusedAsync(() => server.Submissions.WithdrawAsync(
                new V1.WithdrawRequest { Unit = Second, Form = Form, Period = "2018", RequestId = "w", Reason = "merged" }, key).ResponseAsync),
            await RefusedAsync(() => server.Reviews.LockAsync(
                new V1.ReviewRequest { Unit = Second, Form = Form, Period = "2018", RequestId = "l" }, units.Call).ResponseAsync),
        ];

        foreach (var refusal in refusals)
        {
            Assert.Equal(StatusCode.FailedPrecondition, refusal.StatusCode);
            var violation = Assert.Single(Violations(refusal));
            Assert.Equal(("unit", Second, "unit.in-force"), (violation.Field, violation.Value, violation.Rule));
            Assert.Contains("2018-07-01", violation.MessageEn, StringComparison.Ordinal);
            Assert.Contains($"'{First}' took over", violation.MessageEn, StringComparison.Ordinal);
            Assert.Contains($"由“{First}”承接", violation.MessageZh, StringComparison.Ordinal);
        }

        Assert.Equal(receipt.Hash, (await server.Submissions.SubmitAsync(Server.Submit(Second, "b", 31, "2018"), key)).Hash);
    }

    [Fact]
    public async Task Read_AUnitThatLeftTheTerritoryAndStandsInALine_IsItsOwnKeysAndTheLines()
    {
        var units = await StartAsync(server);
        var receipt = await units.Tenant.SubmitAsync(Department, "d", 7, "2018");
        var own = await units.KeyAsync(submit: new V1.Subtree { Unit = Department });
        var above = await units.KeyAsync(read: new V1.Subtree { Unit = City });
        await units.ApplyAsync(acceptLoss: true, Change("close", Department));

        Assert.Equal(receipt.Hash, (await GetAsync(own, Department)).Receipt.Hash);
        Assert.Equal(receipt.Hash, (await GetAsync(await units.KeyAsync(read: new V1.Subtree { Unit = "*", Tree = Line }), Department)).Receipt.Hash);
        Assert.Equal(receipt.Hash, (await GetAsync(units.Call, Department)).Receipt.Hash);
        Assert.Equal(StatusCode.PermissionDenied, (await RefusedAsync(() => GetAsync(above, Department))).StatusCode);
        await server.Submissions.SubmitAsync(Server.Submit(Department, "again", 8, "2018"), own);
        Assert.Equal([("9.1", 8L)], Figures((await units.TotalAsync(Department, tree: Line)).Cells));
    }

    [Fact]
    public async Task Read_APublicationOfAnOfficeThatHasLeft_StaysToBeRead()
    {
        var units = await StartAsync(server);
        await FileAsync(units);
        var publications = new V1.PublicationService.PublicationServiceClient(server.Channel);
        var published = await publications.PublishAsync(new V1.PublishRequest { Total = Selector(Second), RequestId = "p" }, units.Call);
        var reader = await units.KeyAsync(read: new V1.Subtree { Unit = City });
        await units.ApplyAsync(acceptLoss: true, Merger);

        var got = await publications.GetPublicationAsync(new V1.GetPublicationRequest { Unit = Second, Form = Form, Period = "2018" }, reader);

        Assert.Equal(published.Hash, got.Publication.Hash);
        Assert.Equal([("9.1", 31L)], Figures(got.Total.Cells));
    }

    private async Task<V1.Submission> GetAsync(CallOptions call, string unit = Second) =>
        await server.Submissions.GetAsync(new V1.GetSubmissionRequest { Unit = unit, Form = Form, Period = "2018" }, call);

    private async Task<List<string>> TrailAsync(CallOptions options)
    {
        using var call = new V1.TrailService.TrailServiceClient(server.Channel).ReadReportTrail(
            new V1.ReadReportTrailRequest { Unit = Second, Form = Form, Period = "2018" }, options);
        var hashes = new List<string>();
        await foreach (var entry in call.ResponseStream.ReadAllAsync())
        {
            hashes.Add(Convert.ToHexStringLower(entry.Entry.Hash.Span));
        }

        return hashes;
    }

    private static async Task<V1.Receipt> FileAsync(Restructured units)
    {
        await units.Tenant.TotalAsync(Selector(Root), await units.Tenant.SubmitAsync(First, "a", 32, "2018"));
        var receipt = await units.Tenant.SubmitAsync(Second, "b", 31, "2018");
        await units.Tenant.TotalAsync(Selector(Root), receipt);
        return receipt;
    }
}
