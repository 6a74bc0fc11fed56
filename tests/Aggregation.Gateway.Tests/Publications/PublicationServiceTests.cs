using Grpc.Core;

namespace Aggregation.Gateway.Tests.Publications;

public sealed class PublicationServiceTests
{
    [Fact]
    public async Task Publish_Request_IsAskedAndAnsweredWhole()
    {
        await using var host = await GatewayHost.StartAsync();
        var selector = Requests.Total();
        (selector.Scope, selector.Layer, selector.Tree) = (V1.Scope.Level, V1.Layer.Accepted, "education");

        var publication = await Client(host).PublishAsync(
            new V1.PublishRequest { Total = selector, RequestId = "r", ExpectedDigest = "d" }, host.Call());

        Assert.Equal(
            new V1.Publication
            {
                Selector = selector,
                UnitName = "unit",
                Number = 1,
                RequestId = "r/d",
                At = new Google.Protobuf.WellKnownTypes.Timestamp(),
                Actor = host.Key.Split('_')[2],
                Hash = "aa",
                Digest = "bb",
                StructureVersion = 4,
                Coverage = new V1.Coverage { Expected = 5, Submitted = 4, Accepted = 3, Returned = 2, Nil = 1 },
            },
            publication);
    }

    [Fact]
    public async Task GetAndList_NumberGivenOrNot_AreAnswered()
    {
        await using var host = await GatewayHost.StartAsync();
        var latest = await Client(host).GetPublicationAsync(Get(), host.Call());
        var request = Get();
        request.Number = 2;
        var second = await Client(host).GetPublicationAsync(request, host.Call());
        var list = await Client(host).ListPublicationsAsync(
            new V1.ListPublicationsRequest { Unit = "410000", Form = "2014", Period = "2017" }, host.Call());

        Assert.Equal((9, 2), (latest.Publication.Number, second.Publication.Number));
        Assert.Equal((1, null), (Assert.Single(latest.Total.Cells).Amount.Units, latest.Total.Version));
        Assert.Equal([1L, 2L], list.Publications.Select(publication => publication.Number));

        static V1.GetPublicationRequest Get() => new() { Unit = "410000", Form = "2014", Period = "2017" };
    }

    [Fact]
    public async Task GetRestatement_Answer_CarriesCellsAndSubmissions()
    {
        await using var host = await GatewayHost.StartAsync();

        var standard = await Client(host).GetRestatementAsync(Restate(0, ""), host.Call());
        var paged = await Client(host).GetRestatementAsync(Restate(20, "411300"), host.Call());

        Assert.Equal("1000/", standard.Publication.RequestId);
        Assert.Equal("20/411300", paged.Publication.RequestId);
        Assert.Equal((1, 2, 5), (standard.Published.Cells[0].Amount.Units, standard.Current.Cells[0].Amount.Units, standard.Current.Selector.AsOf.Position));
        Assert.Equal(
            [("1.1", 1L, 2L), ("6", null, 0L)],
            standard.Cells.Select(cell => (cell.Code, cell.Published?.Amount.Units, cell.Current?.Amount.Units)));
        var change = Assert.Single(standard.Submissions);
        Assert.Equal(
            (7, "411300", "南阳市", null, 3, "k", "ff"),
            (standard.ChangedSubmissions, change.Unit, change.UnitName, change.Then, change.Now.Source.Revision, change.Now.Source.Actor, change.Now.Hash));
    }

    [Fact]
    public async Task EveryCall_RequestIsWrong_NamesTheField()
    {
        await using var host = await GatewayHost.StartAsync();
        var past = Requests.Total();
        past.AsOf = new V1.AsOf { Position = 1 };

        Assert.Equal("total: Must be given.", await DetailOf(c => c.PublishAsync(new V1.PublishRequest(), host.Call()).ResponseAsync));
        Assert.Equal("total.as_of: Is not taken by this call.", await DetailOf(
            c => c.PublishAsync(new V1.PublishRequest { Total = past, RequestId = "r" }, host.Call()).ResponseAsync));
        Assert.Equal("limit: Must be from 0 to 10000.", await DetailOf(
            c => c.GetRestatementAsync(Restate(10_001, ""), host.Call()).ResponseAsync));
        Assert.StartsWith("after_unit: ", await DetailOf(
            c => c.GetRestatementAsync(Restate(1, "a/b"), host.Call()).ResponseAsync), StringComparison.Ordinal);
        Assert.StartsWith("unit: ", await DetailOf(
            c => c.GetPublicationAsync(new V1.GetPublicationRequest { Form = "2014", Period = "2017" }, host.Call()).ResponseAsync), StringComparison.Ordinal);

        async Task<string> DetailOf(Func<V1.PublicationService.PublicationServiceClient, Task> call)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => call(Client(host)));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            return refused.Status.Detail;
        }
    }

    private static V1.GetRestatementRequest Restate(int limit, string after) =>
        new() { Unit = "410000", Form = "2014", Period = "2017", Limit = limit, AfterUnit = after };

    private static V1.PublicationService.PublicationServiceClient Client(GatewayHost host) => new(host.Channel);
}
