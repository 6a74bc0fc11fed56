using System.Globalization;
using Aggregation.Cli.Connection;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Submissions;

/// <summary>Reports for periods that have not begun, or not ended, by the server's clock and China's days. Seconds past the times here still are of their days.</summary>
[Collection(ServerCollection.Name)]
public sealed class FilingTimeTests(Server server) : IAsyncLifetime
{
    private OwnTenant tenant = null!;

    public async Task InitializeAsync() => tenant = await server.OwnTenantAsync();

    public Task DisposeAsync()
    {
        server.Clock.Reset();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("2031-03-31T15:30:00Z", "2031-04")]
    [InlineData("2031-03-31T15:30:00Z", "2031Q2")]
    [InlineData("2031-12-31T15:30:00Z", "2032")]
    [InlineData("2031-12-31T15:30:00Z", "2042")]
    [InlineData("2031-12-31T15:30:00Z", "9999")]
    public async Task Submit_PeriodToCome_IsRefusedAndValidateSaysSo(string now, string period)
    {
        server.Clock.Set(At(now));
        var request = Request(period);
        request.Explanations.Add(new V1.Explanation { CheckId = "filed-early", Text = "early" });

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(request, tenant.Call));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var violation = Assert.Single(Refusals.Of(refused).Violations);
        Assert.Equal(("period", period, "period.begun"), (violation.Field, violation.Value, violation.Rule));
        Assert.Contains("尚未开始", violation.MessageZh, StringComparison.Ordinal);
        var validated = await server.Submissions.ValidateAsync(request, tenant.Call);
        Assert.False(validated.Acceptable);
        Assert.Equal(
            [("period.begun", V1.Severity.Hard), ("filed-early", V1.Severity.Soft)],
            validated.Findings.Select(static finding => (finding.CheckId, finding.Severity)));
    }

    [Theory]
    [InlineData("2031-03-31T16:00:00Z", "2031-04", "2031-04-01")]
    [InlineData("2031-04-29T15:30:00Z", "2031-04", "2031-04-29")]
    [InlineData("2031-04-29T15:30:00Z", "2031", "2031-04-29")]
    [InlineData("2031-04-29T15:30:00Z", "2031Q2", "2031-04-29")]
    public async Task Submit_PeriodUnderWay_NeedsAnExplanation(string now, string period, string today)
    {
        server.Clock.Set(At(now));
        var request = Request(period);

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(request, tenant.Call));

        var violation = Assert.Single(Refusals.Of(refused).Violations);
        Assert.Equal(("filed-early", today), (violation.Field, violation.Value));
        Assert.False((await server.Submissions.ValidateAsync(request, tenant.Call)).Acceptable);
        request.Explanations.Add(new V1.Explanation { CheckId = "filed-early", Text = "the office closes" });
        Assert.True((await server.Submissions.ValidateAsync(request, tenant.Call)).Acceptable);
        var finding = Assert.Single((await server.Submissions.SubmitAsync(request, tenant.Call)).Findings);
        Assert.Equal(("filed-early", today, "the office closes"), (finding.CheckId, finding.Value, finding.Explanation));
    }

    [Theory]
    [InlineData("2031-04-29T16:00:00Z", "2031-04", "")]
    [InlineData("2031-04-30T16:00:00Z", "2031-04", "")]
    [InlineData("2031-05-03T00:00:00Z", "2031-04", "2031-04-30")]
    public async Task Submit_LastDayOrLater_IsTaken(string now, string period, string filedOn)
    {
        server.Clock.Set(At(now));
        var request = Request(period);
        request.FiledOn = filedOn;

        Assert.Empty((await server.Submissions.SubmitAsync(request, tenant.Call)).Findings);
    }

    [Theory]
    [InlineData("2031-04-10T00:00:00Z", "2031-05-02", "2031-04-10")]
    [InlineData("2031-05-10T00:00:00Z", "2031-04-02", "2031-04-02")]
    [InlineData("2031-04-10T00:00:00Z", "2031-04-02", "2031-04-02")]
    public async Task Submit_DatedOtherwise_GoesByTheEarlierDay(string now, string filedOn, string found)
    {
        server.Clock.Set(At(now));
        var request = Request("2031-04");
        request.FiledOn = filedOn;

        var finding = Assert.Single((await server.Submissions.ValidateAsync(request, tenant.Call)).Findings);

        Assert.Equal(("filed-early", found, V1.Severity.Soft), (finding.CheckId, finding.Value, finding.Severity));
    }

    [Fact]
    public async Task Withdraw_FiledEarly_IsTaken()
    {
        server.Clock.Set(At("2031-04-10T00:00:00Z"));
        var request = Request("2031-04");
        request.Explanations.Add(new V1.Explanation { CheckId = "filed-early", Text = "early" });
        var receipt = await server.Submissions.SubmitAsync(request, tenant.Call);
        server.Clock.Reset();

        Assert.Equal(receipt, await server.Submissions.SubmitAsync(request, tenant.Call));
        var withdrawn = await server.Submissions.WithdrawAsync(
            new V1.WithdrawRequest { Unit = OwnTenant.First, Form = "interaction", Period = "2031-04", RequestId = "w", Reason = "x" }, tenant.Call);
        Assert.Equal(2, withdrawn.Revision);
    }

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private static V1.SubmitRequest Request(string period) => new()
    {
        Unit = OwnTenant.First,
        Form = "interaction",
        Period = period,
        RequestId = "r",
        Cells = { new V1.Cell { Code = "1.1", Amount = new V1.Amount { Units = 4 } } },
    };
}
