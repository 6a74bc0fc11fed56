using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

/// <summary>Totals of several periods in one answer.</summary>
[Collection(ServerCollection.Name)]
public sealed class SeriesTests(Server server)
{
    private static V1.TotalSelector Level(string period) => new()
    {
        Unit = OwnTenant.Office, Form = "2014", Period = period, Scope = V1.Scope.Level, Layer = V1.Layer.Accepted, Tree = OwnTenant.Line,
    };

    [Fact]
    public async Task GetSeries_Request_ReachesTheGrainAndTheAnswerCarriesEveryPart()
    {
        var tenant = await server.OwnTenantAsync();
        await tenant.SubmitAsync(OwnTenant.Office, "a", 5, "2016");
        var total = await tenant.TotalAsync(Level("2017"), await tenant.SubmitAsync(OwnTenant.Office, "b", 7));
        var request = new V1.GetSeriesRequest
        {
            Unit = OwnTenant.Office, Form = "2014", Periods = { "2016", "2017" }, Scope = V1.Scope.Level, Layer = V1.Layer.Accepted,
            Tree = OwnTenant.Line, Mode = V1.StructureMode.Restated, On = "2018-01-01",
        };

        var series = await server.Rollups.GetSeriesAsync(request, tenant.Call);

        var asked = Assert.Single(tenant.Asked<SeriesQuery>());
        Assert.Equal(new TotalQuery { Tree = OwnTenant.Line, Scope = Scope.Level, Layer = Layer.Accepted }, asked.Total);
        Assert.Equal((StructureMode.Restated, new DateOnly(2018, 1, 1)), (asked.Mode, asked.On));
        Assert.Equal(
            (OwnTenant.Office, "2014", V1.StructureMode.Restated, "2018-01-01", total.StructureVersion),
            (series.Unit, series.Form, series.Mode, series.On, series.StructureVersion));
        Assert.Equal(["2016", "2017"], series.Points.Select(static point => point.Period));
        Assert.Equal(
            [("9.1", 5L), ("9.1", 7L)], series.Points.Select(static point => Assert.Single(point.Cells)).Select(static cell => (cell.Code, cell.Amount.Units)));
        Assert.NotEmpty(total.Derived);
        Assert.Equal(
            new V1.SeriesPoint
            {
                Period = "2017",
                InForce = true,
                UnitName = "省教育厅",
                Coverage = total.Coverage,
                Digest = total.Digest,
                Cells = { total.Cells },
                Derived = { total.Derived },
            },
            series.Points[1]);
    }

    [Theory]
    [InlineData(V1.StructureMode.Unspecified, "2017", "mode")]
    [InlineData((V1.StructureMode)9, "2017", "mode")]
    [InlineData(V1.StructureMode.Restated, "", "periods")]
    public async Task GetSeries_ModeNotChosenOrBadPeriod_IsRefusedByField(V1.StructureMode mode, string period, string field)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await server.Rollups.GetSeriesAsync(
            new V1.GetSeriesRequest { Unit = "410000", Form = "2014", Periods = { period }, Mode = mode }, Server.As(server.NorthAdministrator)));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.StartsWith(field, fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetYearToDate_Answer_CarriesEveryPartOfIt()
    {
        var tenant = await server.OwnTenantAsync();
        var first = await tenant.TotalAsync(Level("2017Q1"), await tenant.SubmitAsync(OwnTenant.Office, "a", 5, "2017Q1"));
        await tenant.TotalAsync(Level("2017Q3"), await tenant.SubmitAsync(OwnTenant.Office, "b", 7, "2017Q3"));

        var total = await server.Rollups.GetYearToDateAsync(new V1.GetYearToDateRequest { Total = Level("2017Q3") }, tenant.Call);

        Assert.Equal((32, first.Derived.Count), (total.Digest.Length, total.Derived.Count));
        Assert.Equal(["2017Q1", "2017Q2", "2017Q3"], total.Periods.Select(static period => period.Period));
        Assert.Equal(
            new V1.YearToDate
            {
                Selector = Level("2017Q3"),
                UnitName = "省教育厅",
                Digest = total.Digest,
                Cells = { new V1.CellTotal { Code = "9.1", Amount = new V1.Amount { Units = 12 }, Count = 2 } },
                Derived = { first.Derived },
                Periods =
                {
                    new V1.PeriodTotal
                    {
                        Period = "2017Q1",
                        Coverage = first.Coverage,
                        Digest = first.Digest,
                        Version = first.Version,
                        StructureVersion = first.StructureVersion,
                    },
                    total.Periods[1],
                    total.Periods[2],
                },
            },
            total);
    }
}
