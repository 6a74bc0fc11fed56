using System.Globalization;
using Grpc.Core;
using static Aggregation.Gateway.Tests.Structure.Restructured;

namespace Aggregation.Gateway.Tests.Structure;

/// <summary>上报情况: reports and expected units are counted on one list, on every path on which a total is read.</summary>
[Collection(ServerCollection.Name)]
public sealed class CoverageTests(Server server)
{
    private const int Steps = 24;
    private const string Later = "2019-06-30";
    private static readonly string[] Periods = ["2017", "2018", "2018Q1", "2018Q2"];
    private static readonly V1.Scope[] Scopes = [V1.Scope.Own, V1.Scope.Level, V1.Scope.Region];
    private static readonly V1.Layer[] Layers = [V1.Layer.Submitted, V1.Layer.Accepted];

    [Fact]
    public async Task GetSeries_OneOfTwoCountiesThatFiledIsMerged_CountsOnTheTreeOfThePeriodEitherWay()
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(First, "a", 32, "2018");
        await units.Tenant.SubmitAsync(Second, "b", 31, "2018");
        await units.Tenant.SubmitAsync(Second, "q1", 9, "2018Q1");
        await units.ApplyAsync(acceptLoss: true, Change("merge", Second, into: First));

        var (year, quarter) = (await units.RestatedAsync(First), await units.RestatedAsync(First, "2018Q1"));

        // First and the department of Second; the report of Second is in no total of 2018, and in that of the quarter when it stood.
        Assert.Equal((1, 2), Rate(year.Coverage));
        Assert.Equal([("9.1", 32L)], Figures(year.Cells));
        Assert.Equal((1, 3), Rate(quarter.Coverage));
        Assert.Equal([("9.1", 9L)], Figures(quarter.Cells));
        var live = await units.TotalAsync(First);
        Assert.Equal((live.Coverage, live.Digest), (year.Coverage, year.Digest));
    }

    [Fact]
    public async Task GetSeries_ALineThatCameLater_CountsTheReportsOfItsUnitsAndExpectsThem()
    {
        var units = await StartAsync(server);
        await server.Admin.ImportUnitsAsync(
            new V1.ImportUnitsRequest { Tree = "finance", Csv = "code,name,kind,level,parent,from,to\n990000-E,,,,,2018-01-01,\n990302-E,,,,990000-E,2018-01-01,\n" },
            units.Call);
        await units.Tenant.SubmitAsync(Department, "a", 5, "2017");

        var point = await units.RestatedAsync("990000-E", "2017", tree: "finance");

        Assert.Equal((1, 2), Rate(point.Coverage));
        Assert.Equal([("9.1", 5L)], Figures(point.Cells));
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    /// <summary>
    /// Any restructurings, reports, returns, withdrawals and tasks: nowhere do more report than are expected to, and a period restated on its own
    /// last day is what it is live and as of now.
    /// </summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Coverage_AfterRandomRestructurings_IsNeverOverTheWholeOnAnyPath(int seed)
    {
        var history = new RandomRestructurings(server, await StartAsync(server), new Random(seed));
        for (var step = 0; step < Steps; step++)
        {
            await history.StepAsync(string.Create(CultureInfo.InvariantCulture, $"{seed}.{step}"));
        }

        Assert.True(history.Applied > 1 && history.Filed > 2, $"only {history.Applied} changes and {history.Filed} reports");
        foreach (var tree in new[] { "territory", Line })
        {
            foreach (var period in Periods)
            {
                await RequireAsync(history, tree, period);
            }
        }
    }

    private async Task RequireAsync(RandomRestructurings history, string tree, string period)
    {
        var call = history.Units.Call;
        var day = LastDay(period);
        var listed = await server.Catalog.ListUnitsAsync(new V1.ListUnitsRequest { Tree = tree, On = day }, call);
        var later = (await server.Catalog.ListUnitsAsync(new V1.ListUnitsRequest { Tree = tree, On = Later }, call)).Units.Select(unit => unit.Code).ToHashSet();
        foreach (var unit in listed.Units)
        {
            foreach (var scope in Scopes)
            {
                foreach (var layer in Layers)
                {
                    var selector = new V1.TotalSelector { Unit = unit.Code, Form = Form, Period = period, Scope = scope, Layer = layer, Tree = tree };
                    var live = await server.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = selector }, call);
                    var past = await server.Rollups.GetTotalAsync(
                        new V1.GetTotalRequest { Total = new V1.TotalSelector(selector) { AsOf = new V1.AsOf { At = history.Now } } }, call);
                    var year = await server.Rollups.GetYearToDateAsync(new V1.GetYearToDateRequest { Total = selector }, call);
                    var restated = await SeriesAsync(selector, V1.StructureMode.Restated, day, call);
                    var elsewhere = later.Contains(unit.Code) ? await SeriesAsync(selector, V1.StructureMode.Restated, Later, call) : null;
                    var asItWas = await SeriesAsync(selector, V1.StructureMode.AsItWas, "", call);
                    V1.Coverage?[] shown =
                    [
                        live.Coverage, past.Coverage, restated.Coverage, elsewhere?.Coverage, asItWas.Coverage,
                        .. year.Periods.Select(part => part.Coverage),
                    ];
                    Assert.All(shown.OfType<V1.Coverage>(), coverage => RequireWithin(coverage, $"{tree} {period} {unit.Code} {scope}"));
                    Assert.Equal((past.Coverage, past.Digest), (restated.Coverage, restated.Digest));
                    Assert.Equal(past.Cells, restated.Cells);
                }
            }
        }
    }

    private static void RequireWithin(V1.Coverage coverage, string where) => Assert.True(
        coverage.Submitted <= coverage.Expected && coverage.Accepted <= coverage.Expected && coverage.Returned <= coverage.Expected
        && coverage.Nil <= coverage.Expected, $"{where}: {coverage}");

    private async Task<V1.SeriesPoint> SeriesAsync(V1.TotalSelector total, V1.StructureMode mode, string on, CallOptions call)
    {
        var request = new V1.GetSeriesRequest
        {
            Unit = total.Unit, Form = total.Form, Periods = { total.Period }, Scope = total.Scope, Layer = total.Layer, Tree = total.Tree, Mode = mode, On = on,
        };
        return Assert.Single((await server.Rollups.GetSeriesAsync(request, call)).Points);
    }

    private static string LastDay(string period) => period[4..] switch { "Q1" => $"{period[..4]}-03-31", "Q2" => $"{period[..4]}-06-30", _ => $"{period}-12-31" };
}
