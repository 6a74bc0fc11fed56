using Aggregation.Domain.Rollups;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

public sealed class StructureRequestTests
{
    [Fact]
    public async Task PlanRestructuring_Request_ReachesTheTenantAndTheAnswerCarriesEveryPart()
    {
        await using var host = await GatewayHost.StartAsync();
        var change = new V1.StructureChange
        {
            Line = 2, Change = "move", Tree = "education", From = "2017-07-01", Unit = "a", Parent = "b", Into = "c", Name = "d", Kind = "e",
            Level = "f", Children = "g h",
        };

        var plan = await host.Admin.PlanRestructuringAsync(
            new V1.PlanRestructuringRequest { Changes = { change }, Form = "2014", Period = "2017", Layer = V1.Layer.Accepted }, host.Call());

        var asked = host.Tenant.Restructuring!;
        Assert.Equal(("2014", "2017", Layer.Accepted), (asked.Form, asked.Period, asked.Layer));
        var row = Assert.Single(asked.Changes);
        Assert.Equal(
            (2, "move", "education", "2017-07-01", "a", "b", "c", "d", "e", "f", "g h"),
            (row.Line, row.Change, row.Tree, row.From, row.Unit, row.Parent, row.Into, row.Name, row.Kind, row.Level, row.Children));
        var total = new V1.PlannedTotal
        {
            Coverage = new V1.Coverage { Expected = 5, Submitted = 4, Accepted = 3, Returned = 2, Nil = 1 },
            Digest = new string('1', 32),
            Cells = { new V1.CellTotal { Code = "1.1", Amount = new V1.Amount { Units = 7 }, Count = 3 } },
        };
        Assert.Equal(
            new V1.RestructuringPlan
            {
                StructureVersion = 4,
                From = "2017-07-01",
                On = "2017-12-31",
                Units =
                {
                    new V1.PlannedUnit
                    {
                        Tree = "education", Unit = "a",
                        Before = new V1.Unit { Code = "a", Name = "A", Kind = "government", Level = "county", Parent = "p" },
                    },
                },
                Branches =
                {
                    new V1.PlannedBranch
                    {
                        Tree = "education", Unit = "p", UnitName = "P", Gained = { "x" }, Lost = { "a", "b" }, Before = total,
                    },
                },
            },
            plan);
    }

    [Fact]
    public async Task ApplyRestructuring_Request_CarriesTheStructureOfThePlan()
    {
        await using var host = await GatewayHost.StartAsync();

        var applied = await host.Admin.ApplyRestructuringAsync(new V1.ApplyRestructuringRequest { StructureVersion = 4 }, host.Call());

        Assert.Equal(new V1.ApplyRestructuringResponse { StructureVersion = 5, From = "2017-07-01" }, applied);
        Assert.Equal(4, host.Tenant.Restructuring!.StructureVersion);
    }

    [Theory]
    [InlineData("2014", "", "period")]
    [InlineData("", "2017", "form")]
    public async Task PlanRestructuring_FormWithoutPeriodOrTheReverse_NamesTheMissingField(string form, string period, string field)
    {
        await using var host = await GatewayHost.StartAsync();

        var fault = await Assert.ThrowsAsync<RpcException>(async () => await host.Admin.PlanRestructuringAsync(
            new V1.PlanRestructuringRequest { Form = form, Period = period }, host.Call()));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.StartsWith(field, fault.Status.Detail, StringComparison.Ordinal);
    }
}
