using Aggregation.Cli.Connection;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Submissions;

/// <summary>Validate finds acceptable what Submit takes, and nothing else.</summary>
[Collection(ServerCollection.Name)]
public sealed class ValidatePromiseTests(Server server) : IAsyncLifetime
{
    private const string Unit = OwnTenant.First;
    private OwnTenant tenant = null!;

    public async Task InitializeAsync() => tenant = await server.OwnTenantAsync(autoAccept: false);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Validate_LockedReport_IsNotAcceptable()
    {
        await LockAsync();

        await RefusedAlikeAsync(Request("r"), StatusCode.FailedPrecondition, "unit", "report.unlocked");
    }

    [Fact]
    public async Task Validate_OtherRevisionExpected_IsNotAcceptable()
    {
        await tenant.SubmitAsync(Unit, "first", 1);
        var request = Request("r");
        request.ExpectedRevision = 0;

        var refused = await RefusedAlikeAsync(request, StatusCode.Aborted, "expected_revision", "report.current");

        Assert.Equal(1, Refusals.Of(refused).CurrentRevision);
        request.ExpectedRevision = 1;
        await TakenAlikeAsync(request);
    }

    [Fact]
    public async Task Validate_RequestIdOfOtherContent_IsNotAcceptable()
    {
        await tenant.SubmitAsync(Unit, "r", 1);

        await RefusedAlikeAsync(Request("r"), StatusCode.AlreadyExists, "request_id", "request_id.unused");
    }

    [Fact]
    public async Task Validate_RequestIdOfAnotherReport_IsNotAcceptable()
    {
        await tenant.SubmitAsync(Unit, "r", 39, "2016");

        await RefusedAlikeAsync(Request("r"), StatusCode.AlreadyExists, "request_id", "request_id.unused");
    }

    [Fact]
    public async Task Validate_RequestTakenBefore_IsAcceptableAsItsReceiptComesBack()
    {
        var request = Request("r");
        var receipt = await server.Submissions.SubmitAsync(request, tenant.Call);
        await server.Reviews.AcceptAsync(
            new V1.ReviewRequest { Unit = Unit, Form = "2014", Period = "2017", RequestId = "a", Revision = 1, Hash = receipt.Hash }, tenant.Call);
        await LockAsync();

        Assert.True((await server.Submissions.ValidateAsync(request, tenant.Call)).Acceptable);
        Assert.Equal(receipt, await server.Submissions.SubmitAsync(request, tenant.Call));
    }

    [Theory]
    [InlineData("", "411400", "unit", "task.obliged")]
    [InlineData("2199-01-01", "411300", "period", "task.opening")]
    public async Task Validate_TaskDoesNotLetFile_IsNotAcceptable(string opensOn, string under, string field, string rule)
    {
        await server.Tasks.OpenTaskAsync(
            new V1.OpenTaskRequest
            {
                Form = "2014",
                Period = "2017",
                Rules = new V1.TaskRules
                {
                    OpensOn = opensOn,
                    Obliged = { new V1.UnitFilter { Under = under } },
                    Deadlines = { new V1.DeadlineRule { Date = "2199-12-31" } },
                },
            },
            tenant.Call);

        await RefusedAlikeAsync(Request("r"), StatusCode.InvalidArgument, field, rule);
    }

    [Fact]
    public async Task Validate_SeveralHindrances_FindsAllOfThem()
    {
        await tenant.SubmitAsync(Unit, "r", 39, "2016");
        await LockAsync();
        var request = Request("r");
        request.FiledOn = "2017-01-05";

        var found = await server.Submissions.ValidateAsync(request, tenant.Call);

        Assert.Equal(
            [("request_id.unused", V1.Severity.Hard), ("report.unlocked", V1.Severity.Hard), ("filed-early", V1.Severity.Soft)],
            found.Findings.Select(static finding => (finding.CheckId, finding.Severity)));
        Assert.All(found.Findings, static finding => Assert.NotEmpty(finding.MessageZh));
    }

    [Fact]
    public async Task Validate_FreeReport_IsAcceptable() => await TakenAlikeAsync(Request("r"));

    private static V1.SubmitRequest Request(string id) => Server.Submit(Unit, id, 39, "2017");

    private async Task LockAsync() => await server.Reviews.LockAsync(
        new V1.ReviewRequest { Unit = Unit, Form = "2014", Period = "2017", RequestId = "lock" }, tenant.Call);

    private async Task TakenAlikeAsync(V1.SubmitRequest request)
    {
        var validated = await server.Submissions.ValidateAsync(request, tenant.Call);
        Assert.True(validated.Acceptable);
        Assert.Empty(validated.Findings);
        Assert.Equal(request.RequestId, (await server.Submissions.SubmitAsync(request, tenant.Call)).RequestId);
    }

    private async Task<RpcException> RefusedAlikeAsync(V1.SubmitRequest request, StatusCode status, string field, string rule)
    {
        var validated = await server.Submissions.ValidateAsync(request, tenant.Call);
        Assert.False(validated.Acceptable);
        var finding = Assert.Single(validated.Findings);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(request, tenant.Call));
        Assert.Equal(status, refused.StatusCode);
        var violation = Assert.Single(Refusals.Of(refused).Violations);
        Assert.Equal((field, rule), (violation.Field, violation.Rule));
        Assert.Equal(
            (rule, V1.Severity.Hard, violation.Value, violation.MessageZh, violation.MessageEn),
            (finding.CheckId, finding.Severity, finding.Value, finding.MessageZh, finding.MessageEn));
        return refused;
    }
}
