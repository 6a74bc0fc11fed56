using Aggregation.Contracts.Ledgers;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

[Collection(ServerCollection.Name)]
public sealed class AsOfTests(Server server)
{
    [Fact]
    public async Task GetTotal_AsOfAnInstant_AnswersWithTheInstantAndThePosition()
    {
        var tenant = await server.OwnTenantAsync();
        var receipt = await tenant.SubmitAsync(OwnTenant.First, "a", 5);
        var live = await tenant.TotalAsync(Requests.Total(), receipt, await tenant.SubmitAsync(OwnTenant.Second, "b", 7));

        var total = await server.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = Past(new V1.AsOf { At = receipt.At }) }, tenant.Call);
        var pinned = await server.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = Past(total.Selector.AsOf) }, tenant.Call);

        Assert.Equal(receipt.At, total.Selector.AsOf.At);
        Assert.True(total.Selector.AsOf.Position > 0);
        Assert.Equal((12, 5, 5), (live.Cells[0].Amount.Units, total.Cells[0].Amount.Units, pinned.Cells[0].Amount.Units));
        Assert.Equal(total.Selector.AsOf, pinned.Selector.AsOf);
        Assert.Null(live.Selector.AsOf);
    }

    [Fact]
    public async Task EveryRead_AsOfAPosition_IsAskedForAtIt()
    {
        var tenant = await server.OwnTenantAsync();
        var receipt = await tenant.SubmitAsync(OwnTenant.First, "a", 5);
        var total = await server.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = Past(new V1.AsOf { At = receipt.At }) }, tenant.Call);
        var point = new V1.AsOf { Position = total.Selector.AsOf.Position };
        await tenant.TotalAsync(Requests.Total(), await tenant.SubmitAsync(OwnTenant.Second, "b", 7));
        var selector = Past(point);

        var children = await server.Rollups.ChildrenAsync(new V1.ChildrenRequest { Total = selector }, tenant.Call);
        var year = await server.Rollups.GetYearToDateAsync(new V1.GetYearToDateRequest { Total = selector }, tenant.Call);

        Assert.Equal((point, point), (children.Total.Selector.AsOf, year.Selector.AsOf));
        Assert.Equal((5, 5), (children.Total.Cells[0].Amount.Units, year.Cells[0].Amount.Units));
    }

    [Fact]
    public async Task Explain_AsOfAnInstant_OpensEveryLevelAtThePositionOfTheFirst()
    {
        var tenant = await server.OwnTenantAsync();
        var receipt = await tenant.SubmitAsync(OwnTenant.First, "a", 5);
        await tenant.TotalAsync(Requests.Total(), receipt, await tenant.SubmitAsync(OwnTenant.First, "b", 7));
        var instant = new V1.AsOf { At = receipt.At };
        var total = await server.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Past(instant) }, tenant.Call);
        var before = tenant.Asked<AsOfPoint>().Count;

        using var call = server.Rollups.Explain(new V1.ExplainRequest { Total = Past(instant), Cell = "9.1" }, tenant.Call);
        var lines = new List<V1.ExplainLine>();
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            lines.Add(call.ResponseStream.Current);
        }

        Assert.Equal((2, 5L), lines.Where(static line => line.Unit == OwnTenant.First).Select(static line => (line.Depth, line.Amount.Units)).Single());
        var asked = tenant.Asked<AsOfPoint>().Skip(before).ToList();
        Assert.Equal(new AsOfPoint { At = receipt.At.ToDateTimeOffset() }, asked[0]);
        Assert.Equal([new AsOfPoint { At = receipt.At.ToDateTimeOffset(), Position = total.Selector.AsOf.Position }], asked[1..]);
    }

    [Fact]
    public async Task GetTotal_PointIsNone_NamesTheField()
    {
        Assert.Equal("total.as_of: Must be given.", await DetailOf(new V1.AsOf()));
        Assert.Equal(
            "total.as_of.at: Must be an instant of the years 1 to 9999.", await DetailOf(new V1.AsOf { At = new Timestamp { Seconds = long.MaxValue } }));

        async Task<string> DetailOf(V1.AsOf asOf) => await RefusedAsync(async () =>
            await server.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Past(asOf) }, Server.As(server.NorthClerk)));
    }

    [Fact]
    public async Task Watch_AsOf_IsRefused()
    {
        using var call = server.Rollups.Watch(
            new V1.WatchRequest { Total = Past(new V1.AsOf { Position = 7 }) }, Server.As(server.NorthClerk));

        Assert.Equal(
            "total.as_of: Is not taken by this call.",
            await RefusedAsync(() => call.ResponseStream.MoveNext(CancellationToken.None)));
    }

    private static async Task<string> RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(call);
        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        return refused.Status.Detail;
    }

    private static V1.TotalSelector Past(V1.AsOf asOf)
    {
        var selector = Requests.Total();
        selector.AsOf = asOf;
        return selector;
    }
}
