using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Rollups;

public sealed class AsOfTests
{
    private static readonly DateTimeOffset Instant = new(2017, 4, 8, 9, 30, 0, 250, TimeSpan.Zero);

    [Fact]
    public async Task GetTotal_AsOfAnInstant_AnswersWithTheInstantAndThePosition()
    {
        await using var host = await GatewayHost.StartAsync();
        var selector = Past(new V1.AsOf { At = Timestamp.FromDateTimeOffset(Instant) });

        var total = await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = selector }, host.Call());
        var live = await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Requests.Total() }, host.Call());

        Assert.Equal(new V1.AsOf { At = Timestamp.FromDateTimeOffset(Instant), Position = 99 }, total.Selector.AsOf);
        Assert.Null(live.Selector.AsOf);
    }

    [Fact]
    public async Task EveryRead_AsOfAPosition_IsAskedForAtIt()
    {
        await using var host = await GatewayHost.StartAsync();
        var selector = Past(new V1.AsOf { Position = 7 });

        var children = await host.Rollups.ChildrenAsync(new V1.ChildrenRequest { Total = selector }, host.Call());
        var year = await host.Rollups.GetYearToDateAsync(new V1.GetYearToDateRequest { Total = selector }, host.Call());

        Assert.Equal(new V1.AsOf { Position = 7 }, children.Total.Selector.AsOf);
        Assert.Equal(new V1.AsOf { Position = 7 }, year.Selector.AsOf);
    }

    [Fact]
    public async Task Explain_AsOfAnInstant_OpensEveryLevelAtThePositionOfTheFirst()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Ledger("410000").Parts = [Part("411300", canOpen: true)];
        host.Ledger("411300").Parts = [Part("411300-D1", canOpen: false)];

        using var call = host.Rollups.Explain(
            new V1.ExplainRequest { Total = Past(new V1.AsOf { At = Timestamp.FromDateTimeOffset(Instant) }), Cell = "1.1" }, host.Call());
        var lines = 0;
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            lines++;
        }

        Assert.Equal(3, lines);
        Assert.Equal([new AsOf { At = Instant }], host.Ledger("410000").PastAsked);
        Assert.Equal([new AsOf { At = Instant, Position = 99 }], host.Ledger("411300").PastAsked);
    }

    [Fact]
    public async Task GetTotal_PointIsNone_NamesTheField()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal("total.as_of: Must be given.", await DetailOf(new V1.AsOf()));
        Assert.Equal(
            "total.as_of.at: Must be an instant of the years 1 to 9999.", await DetailOf(new V1.AsOf { At = new Timestamp { Seconds = long.MaxValue } }));

        async Task<string> DetailOf(V1.AsOf asOf) => await RefusedAsync(async () =>
            await host.Rollups.GetTotalAsync(new V1.GetTotalRequest { Total = Past(asOf) }, host.Call()));
    }

    [Fact]
    public async Task Watch_AsOf_IsRefused()
    {
        await using var host = await GatewayHost.StartAsync();
        using var call = host.Rollups.Watch(new V1.WatchRequest { Total = Past(new V1.AsOf { Position = 7 }) }, host.Call());

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

    private static Part Part(string unit, bool canOpen) => new()
    {
        Unit = unit,
        UnitName = unit,
        IsOwn = false,
        CanOpen = canOpen,
        Coverage = default,
        Digest = "",
        Cells = [new CellTotal("1.1", new Amount(1, 0), 1)],
        Version = default,
    };
}
