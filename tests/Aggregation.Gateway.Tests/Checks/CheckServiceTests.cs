using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Checks;

public sealed class CheckServiceTests
{
    private static V1.CheckDefinition Definition => new()
    {
        Form = "2014", CheckId = "few", Severity = V1.Severity.Hard, Rule = "[1.1] <= 10", MessageZh = "多", MessageEn = "many",
    };

    [Fact]
    public async Task DefineRetireList_Requests_AreAskedAndAnsweredWhole()
    {
        await using var host = await GatewayHost.StartAsync();

        var defined = await Client(host).DefineCheckAsync(new V1.DefineCheckRequest { Check = Definition }, host.Call());
        var retired = await Client(host).RetireCheckAsync(new V1.RetireCheckRequest { Form = "2014", CheckId = "few" }, host.Call());
        var all = await Client(host).ListChecksAsync(new V1.ListChecksRequest(), host.Call());
        var ofForm = await Client(host).ListChecksAsync(new V1.ListChecksRequest { Form = "2014" }, host.Call());

        Assert.Equal(new V1.OfficeCheck { Definition = Definition, DefinedAt = new Timestamp() }, defined);
        Assert.Equal(("few", new Timestamp { Seconds = 1 }, "gone"), (retired.Definition.CheckId, retired.RetiredAt, retired.Fault));
        Assert.Equal("every", Assert.Single(all.Checks).Definition.Form);
        Assert.Equal("2014", Assert.Single(ofForm.Checks).Definition.Form);
    }

    [Fact]
    public async Task Try_DefinedCheckOrNewOne_IsTriedAtTheUnit()
    {
        await using var host = await GatewayHost.StartAsync();
        var byId = Try();
        byId.CheckId = "few";
        var byDefinition = Try();
        byDefinition.Definition = Definition;
        byDefinition.Definition.Form = "";
        byDefinition.Limit = 7;

        var defined = await Client(host).TryCheckAsync(byId, host.Call());
        var tried = await Client(host).TryCheckAsync(byDefinition, host.Call());

        Assert.Equal((5, 4, 20), (defined.Expected, defined.Submitted, defined.Found));
        Assert.Equal("few", Assert.Single(defined.Units).Finding.CheckId);
        Assert.Equal(7, tried.Found);
        Assert.Equal(
            new V1.TriedUnit
            {
                Unit = "410000",
                UnitName = GatewayHost.TenantName,
                Revision = 3,
                Finding = new V1.Finding
                {
                    CheckId = "few", Severity = V1.Severity.Hard, Cell = "1.1", Value = "2014 2017 2014", Rule = "[1.1] <= 10", MessageZh = "多", MessageEn = "many",
                },
            },
            Assert.Single(tried.Units));
    }

    [Fact]
    public async Task DefineTry_MissingOrUnreadableField_IsInvalidNamingIt()
    {
        await using var host = await GatewayHost.StartAsync();

        await InvalidAsync("check", Client(host).DefineCheckAsync(new V1.DefineCheckRequest(), host.Call()));
        var define = new V1.DefineCheckRequest { Check = Definition };
        define.Check.Severity = V1.Severity.Unspecified;
        await InvalidAsync("check.severity", Client(host).DefineCheckAsync(define, host.Call()));
        define.Check.Severity = (V1.Severity)9;
        await InvalidAsync("check.severity", Client(host).DefineCheckAsync(define, host.Call()));
        define.Check = Definition;
        define.Check.Form = "";
        await InvalidAsync("check.form", Client(host).DefineCheckAsync(define, host.Call()));
        await InvalidAsync("check", Client(host).TryCheckAsync(Try(), host.Call()));
        var many = Try();
        (many.CheckId, many.Limit) = ("few", 1001);
        await InvalidAsync("limit", Client(host).TryCheckAsync(many, host.Call()));
    }

    private static V1.TryCheckRequest Try() => new() { Unit = "410000", Form = "2014", Period = "2017" };

    private static async Task InvalidAsync<T>(string field, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith($"{field}: ", refused.Status.Detail, StringComparison.Ordinal);
    }

    private static V1.CheckService.CheckServiceClient Client(GatewayHost host) => new(host.Channel);
}
