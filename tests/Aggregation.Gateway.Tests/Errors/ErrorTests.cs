using Aggregation.Contracts;
using Google.Rpc;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Errors;

public sealed class ErrorTests
{
    [Theory]
    [InlineData(RefusalKind.Invalid, StatusCode.InvalidArgument)]
    [InlineData(RefusalKind.NotFound, StatusCode.NotFound)]
    [InlineData(RefusalKind.Forbidden, StatusCode.PermissionDenied)]
    [InlineData(RefusalKind.AlreadyExists, StatusCode.AlreadyExists)]
    [InlineData(RefusalKind.Stale, StatusCode.Aborted)]
    [InlineData(RefusalKind.FailedPrecondition, StatusCode.FailedPrecondition)]
    [InlineData(RefusalKind.TooMuch, StatusCode.ResourceExhausted)]
    [InlineData(RefusalKind.Unavailable, StatusCode.Unavailable)]
    public async Task Submit_Refused_IsTheKindsStatusWithItsMessage(RefusalKind kind, StatusCode expected)
    {
        var (error, _) = await SubmitAsync(new RefusedException(kind, "why"));

        Assert.Equal((expected, "why"), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public void RefusalKinds_Each_IsCoveredAbove() => Assert.Equal(8, Enum.GetValues<RefusalKind>().Length);

    [Fact]
    public async Task Submit_BrokenRules_CarriesEachInBothFormsAndLanguages()
    {
        var (_, status) = await SubmitAsync(new RefusedException(RefusalKind.Invalid, "1 rule", [Broken(0)]));

        Assert.Equal((int)StatusCode.InvalidArgument, status!.Code);
        var field = Assert.Single(status.Details[0].Unpack<BadRequest>().FieldViolations);
        Assert.Equal("cells[3.0]", field.Field);
        Assert.Equal("sum is wrong 合计不符 (value: 5; rule: [3.1] = [3.1.1] + [3.1.2])", field.Description);
        var violation = Assert.Single(status.Details[1].Unpack<V1.Refusal>().Violations);
        Assert.Equal(
            ("cells[3.0]", "5", "[3.1] = [3.1.1] + [3.1.2]", "合计不符", "sum is wrong"),
            (violation.Field, violation.Value, violation.Rule, violation.MessageZh, violation.MessageEn));
    }

    [Fact]
    public async Task Submit_Stale_CarriesTheCurrentRevision()
    {
        var (_, status) = await SubmitAsync(new RefusedException(RefusalKind.Stale, "stale") { CurrentRevision = 7 });

        Assert.Equal(7, Assert.Single(status!.Details).Unpack<V1.Refusal>().CurrentRevision);
    }

    [Fact]
    public async Task Submit_MoreViolationsThanFit_SendsTheFirstAndCountsTheRest()
    {
        var refused = new RefusedException(RefusalKind.Invalid, "many", [.. Enumerable.Range(0, 500).Select(Broken)]);
        var (error, status) = await SubmitAsync(refused, "Gateway:MaxErrorDetailBytes=4096");

        var sent = status!.Details[1].Unpack<V1.Refusal>().Violations;
        Assert.InRange(sent.Count, 5, 50);
        Assert.Equal("cells[3.0]", sent[0].Field);
        Assert.Equal($"many ({sent.Count} violations attached, {500 - sent.Count} more)", error.Status.Detail);
        Assert.InRange(error.Trailers.GetValueBytes("grpc-status-details-bin")!.Length, 1, 4096);
    }

    [Theory]
    [InlineData("a", 443)]
    [InlineData("\n", 148)]
    [InlineData("政", 50)]
    [InlineData("😀", 37)]
    public async Task Submit_LongQuotation_IsCutInTheMiddle(string text, int fit)
    {
        var value = string.Concat(Enumerable.Repeat(text, 40_000));
        var broken = Broken(0) with { Field = $"cells[{value}]", Value = value };

        var (error, status) = await SubmitAsync(new RefusedException(RefusalKind.Invalid, $"'{value}': is long", [broken]));

        // An eighth of 7 KiB less the gap, half of it on each side.
        Assert.StartsWith("'" + string.Concat(Enumerable.Repeat(text, fit - 1)), error.Status.Detail, StringComparison.Ordinal);
        Assert.EndsWith(text + "': is long", error.Status.Detail, StringComparison.Ordinal);
        Assert.InRange(Uri.EscapeDataString(error.Status.Detail).Length, 850, 896 + 50);
        Assert.Equal(error.Status.Detail, status!.Message);
        var violation = Assert.Single(status.Details[1].Unpack<V1.Refusal>().Violations);
        Assert.All([violation.Value, violation.Field], quoted => Assert.InRange(quoted.Length, 40, 512));
        Assert.StartsWith(text, violation.Value, StringComparison.Ordinal);
        Assert.Equal(("cells[", "]"), (violation.Field[..6], violation.Field[^1..]));
        Assert.Equal("[3.1] = [3.1.1] + [3.1.2]", violation.Rule);
    }

    [Fact]
    public async Task Submit_LongTextsInTheSmallestRoom_TellsTheFirstViolation()
    {
        var text = string.Concat(Enumerable.Repeat("情况说明 %", 500));
        var broken = new Violation { Field = $"cells[{text}]", Value = text, Rule = text, MessageZh = text, MessageEn = text };

        var (error, status) = await SubmitAsync(new RefusedException(RefusalKind.Invalid, text, [broken, broken, broken]), "Gateway:MaxErrorDetailBytes=1024");

        var refusal = status!.Details[1].Unpack<V1.Refusal>();
        Assert.Equal((1, 2), (refusal.Violations.Count, refusal.LeftOut));
        Assert.StartsWith("cells", refusal.Violations[0].Field, StringComparison.Ordinal);
        Assert.InRange(Uri.EscapeDataString(error.Status.Detail).Length + ((status.CalculateSize() + 2) / 3 * 4), 1, 1024);
    }

    public static TheoryData<Exception> Outages =>
    [
        new TimeoutException("internal: 10.0.0.7"),
        new OrleansException("internal: 10.0.0.7"),
        new OperationCanceledException("internal: 10.0.0.7"),
    ];

    [Theory]
    [MemberData(nameof(Outages))]
    public async Task Submit_GrainsCannotAnswer_IsUnavailableWithRetryInfo(Exception outage)
    {
        var (error, status) = await SubmitAsync(outage);

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.DoesNotContain("internal", error.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(status!.Details).Unpack<RetryInfo>().RetryDelay.Seconds);
    }

    [Fact]
    public async Task Submit_NobodyExpectedIt_IsInternalAndTellsAReferenceOnly()
    {
        var (error, status) = await SubmitAsync(new FormatException("secret detail"));

        Assert.Equal(StatusCode.Internal, error.StatusCode);
        Assert.Matches("^The server failed; its log says why, under reference [0-9a-f]{12}\\.$", error.Status.Detail);
        Assert.Null(status);
    }

    [Fact]
    public async Task Submit_SiloFailed_TellsTheSilosReference()
    {
        var (error, status) = await SubmitAsync(new SiloFailureException("0123456789ab"));

        Assert.Equal(
            (StatusCode.Internal, "The server failed; its log says why, under reference 0123456789ab."), (error.StatusCode, error.Status.Detail));
        Assert.Null(status);
    }

    [Fact]
    public async Task Submit_MalformedNames_NamesEachWithoutAskingAGrain()
    {
        await using var host = await GatewayHost.StartAsync();
        var request = Requests.Submit(unit: "../x");
        request.Form = "";
        request.Period = "2017/Q3";

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Submissions.SubmitAsync(request, host.Call()));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(["unit", "form", "period"], StatusOf(error)!.Details[1].Unpack<V1.Refusal>().Violations.Select(v => v.Field));
        Assert.Empty(host.Grains.LedgerKeys);
    }

    internal static Google.Rpc.Status? StatusOf(RpcException error) =>
        error.Trailers.GetValueBytes("grpc-status-details-bin") is { } bytes ? Google.Rpc.Status.Parser.ParseFrom(bytes) : null;

    private static Violation Broken(int n) => new()
    {
        Field = $"cells[3.{n}]",
        Value = "5",
        Rule = "[3.1] = [3.1.1] + [3.1.2]",
        MessageZh = "合计不符",
        MessageEn = "sum is wrong",
    };

    private static async Task<(RpcException Error, Google.Rpc.Status? Status)> SubmitAsync(Exception thrown, params string[] options)
    {
        await using var host = await GatewayHost.StartAsync(options);
        host.Ledger("411300-G01").OnSubmit = (_, _, _) => Task.FromException<Contracts.Ledgers.Receipt>(thrown);
        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Submissions.SubmitAsync(Requests.Submit(), host.Call()));
        return (error, StatusOf(error));
    }
}
