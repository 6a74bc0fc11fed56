using Aggregation.Contracts.Checks;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Checks;

[Collection(ServerCollection.Name)]
public sealed class CheckServiceTests(Server server)
{
    private readonly V1.CheckService.CheckServiceClient checks = new(server.Channel);

    private static V1.CheckDefinition Definition => new()
    {
        Form = "2014", CheckId = "few", Severity = V1.Severity.Hard, Rule = "[9.1] <= 10", MessageZh = "多", MessageEn = "many",
    };

    [Fact]
    public async Task DefineRetireList_Requests_AreAskedAndAnsweredWhole()
    {
        var tenant = await server.OwnTenantAsync();

        var defined = await checks.DefineCheckAsync(new V1.DefineCheckRequest { Check = Definition }, tenant.Call);
        var all = await checks.ListChecksAsync(new V1.ListChecksRequest(), tenant.Call);
        var ofForm = await checks.ListChecksAsync(new V1.ListChecksRequest { Form = "2014" }, tenant.Call);
        var ofOther = await checks.ListChecksAsync(new V1.ListChecksRequest { Form = "2021" }, tenant.Call);
        var retired = await checks.RetireCheckAsync(new V1.RetireCheckRequest { Form = "2014", CheckId = "few" }, tenant.Call);

        Assert.Equal(new V1.OfficeCheck { Definition = Definition, DefinedAt = defined.DefinedAt }, defined);
        Assert.Equal((Definition, defined.DefinedAt), (retired.Definition, retired.DefinedAt));
        Assert.True(retired.RetiredAt >= retired.DefinedAt && retired.DefinedAt.Seconds > 0);
        Assert.Equal([defined], all.Checks);
        Assert.Equal([defined], ofForm.Checks);
        Assert.Empty(ofOther.Checks);
    }

    /// <summary>A check has a fault once its form has lost a cell: not while it can be defined.</summary>
    [Fact]
    public void Check_WithAFault_TellsIt() => Assert.Equal("gone", CheckMapping.Check(new OfficeCheckView(
        new CheckDefinition { Form = "2014", CheckId = "few", Severity = Domain.Forms.Severity.Soft, Rule = "", MessageZh = "", MessageEn = "" },
        DateTimeOffset.UnixEpoch, null, "gone")).Fault);

    [Fact]
    public async Task Try_DefinedCheckOrNewOne_IsTriedAtTheUnit()
    {
        string[] units = [.. Enumerable.Range(1, 22).Select(static i => $"d{i:00}")];
        var tenant = await server.OwnTenantAsync(string.Join(
            '\n', ["code,name,kind,level,parent,from,to", "410000,省,government,province,,,", .. units.Select(static unit => $"{unit},局 {unit},department,,410000,,")]));
        var receipts = new List<V1.Receipt> { await tenant.SubmitAsync("d01", "few", 7) };
        foreach (var unit in units[..21])
        {
            receipts.Add(await tenant.SubmitAsync(unit, "many", 39));
        }

        await tenant.TotalAsync(Requests.Total(), [.. receipts]);
        await checks.DefineCheckAsync(new V1.DefineCheckRequest { Check = Definition }, tenant.Call);
        var byId = Try();
        byId.CheckId = "few";
        var byDefinition = Try();
        byDefinition.Definition = Definition;
        (byDefinition.Definition.Form, byDefinition.Definition.CheckId, byDefinition.Limit) = ("", "new", 7);

        var defined = await checks.TryCheckAsync(byId, tenant.Call);
        var tried = await checks.TryCheckAsync(byDefinition, tenant.Call);

        Assert.Equal((23, 21, 21, 20), (defined.Expected, defined.Submitted, defined.Found, defined.Units.Count));
        Assert.All(defined.Units, static unit => Assert.Equal("few", unit.Finding.CheckId));
        Assert.Equal((21, 7), (tried.Found, tried.Units.Count));
        Assert.Equal([(null, 20), ("2014", 7)], tenant.Asked<TryCheckQuery>().Select(static query => (query.Definition?.Form, query.Limit)));
        Assert.Equal(
            new V1.TriedUnit
            {
                Unit = "d01",
                UnitName = "局 d01",
                Revision = 2,
                Finding = new V1.Finding
                {
                    CheckId = "new", Severity = V1.Severity.Hard, Cell = "9.1", Value = "39 : 10", Rule = "[9.1] <= 10", MessageZh = "多", MessageEn = "many",
                },
            },
            tried.Units[0]);
    }

    [Fact]
    public async Task DefineTry_MissingOrUnreadableField_IsInvalidNamingIt()
    {
        var call = Server.As(server.NorthAdministrator);
        await InvalidAsync("check", checks.DefineCheckAsync(new V1.DefineCheckRequest(), call));
        var define = new V1.DefineCheckRequest { Check = Definition };
        define.Check.Severity = V1.Severity.Unspecified;
        await InvalidAsync("check.severity", checks.DefineCheckAsync(define, call));
        define.Check.Severity = (V1.Severity)9;
        await InvalidAsync("check.severity", checks.DefineCheckAsync(define, call));
        define.Check = Definition;
        define.Check.Form = "";
        await InvalidAsync("check.form", checks.DefineCheckAsync(define, call));
        await InvalidAsync("check", checks.TryCheckAsync(Try(), call));
        var many = Try();
        (many.CheckId, many.Limit) = ("few", 1001);
        await InvalidAsync("limit", checks.TryCheckAsync(many, call));
    }

    private static V1.TryCheckRequest Try() => new() { Unit = "410000", Form = "2014", Period = "2017" };

    private static async Task InvalidAsync<T>(string field, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        Assert.StartsWith($"{field}: ", refused.Status.Detail, StringComparison.Ordinal);
    }
}
