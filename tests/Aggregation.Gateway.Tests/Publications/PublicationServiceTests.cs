using Aggregation.Contracts.Publications;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Publications;

[Collection(ServerCollection.Name)]
public sealed class PublicationServiceTests(Server server)
{
    private readonly V1.PublicationService.PublicationServiceClient publications = new(server.Channel);

    [Fact]
    public async Task Publish_Request_IsAskedAndAnsweredWhole()
    {
        var tenant = await server.OwnTenantAsync();
        var selector = new V1.TotalSelector
        {
            Unit = OwnTenant.Office, Form = "2014", Period = "2017", Scope = V1.Scope.Level, Layer = V1.Layer.Accepted, Tree = OwnTenant.Line,
        };
        var total = await tenant.TotalAsync(selector, await tenant.SubmitAsync(OwnTenant.First, "a", 1));

        var stale = await Assert.ThrowsAsync<RpcException>(async () => await publications.PublishAsync(
            new V1.PublishRequest { Total = selector, RequestId = "r", ExpectedDigest = new string('d', 32) }, tenant.Call));
        var publication = await publications.PublishAsync(
            new V1.PublishRequest { Total = selector, RequestId = "r", ExpectedDigest = total.Digest }, tenant.Call);

        Assert.Equal(StatusCode.FailedPrecondition, stale.StatusCode);
        Assert.Equal((true, 64), (publication.At.Seconds > 0, publication.Hash.Length));
        Assert.Equal((1, 1), (total.Coverage.Submitted, total.Coverage.Accepted));
        Assert.Equal(
            new V1.Publication
            {
                Selector = selector,
                UnitName = "省教育厅",
                Number = 1,
                RequestId = "r",
                At = publication.At,
                Actor = tenant.KeyId,
                Hash = publication.Hash,
                Digest = total.Digest,
                StructureVersion = total.StructureVersion,
                Coverage = total.Coverage,
            },
            publication);
    }

    [Fact]
    public async Task GetAndList_NumberGivenOrNot_AreAnswered()
    {
        var tenant = await server.OwnTenantAsync();
        var first = await PublishAsync(tenant, "a", await tenant.SubmitAsync(OwnTenant.First, "a", 1));
        var second = await PublishAsync(tenant, "b", await tenant.SubmitAsync(OwnTenant.First, "b", 2));
        var request = new V1.GetPublicationRequest { Unit = "410000", Form = "2014", Period = "2017" };

        var latest = await publications.GetPublicationAsync(request, tenant.Call);
        request.Number = 1;
        var earlier = await publications.GetPublicationAsync(request, tenant.Call);
        var list = await publications.ListPublicationsAsync(
            new V1.ListPublicationsRequest { Unit = "410000", Form = "2014", Period = "2017" }, tenant.Call);

        Assert.Equal((second, first), (latest.Publication, earlier.Publication));
        Assert.Equal((2, null), (Assert.Single(latest.Total.Cells).Amount.Units, latest.Total.Version));
        Assert.Equal((1, null), (Assert.Single(earlier.Total.Cells).Amount.Units, earlier.Total.Version));
        Assert.Equal([first, second], list.Publications);
    }

    [Fact]
    public async Task GetRestatement_Answer_CarriesCellsAndSubmissions()
    {
        var tenant = await server.OwnTenantAsync();
        var before = await tenant.SubmitAsync(OwnTenant.Second, "a", 1);
        var publication = await PublishAsync(tenant, "p", before);
        var opened = Server.Submit(OwnTenant.First, "b", 1, "2017");
        opened.Cells.Add(new V1.Cell { Code = "9.2", Amount = new V1.Amount() });
        var added = await server.Submissions.SubmitAsync(opened, tenant.Call);
        var changed = await tenant.SubmitAsync(OwnTenant.Second, "c", 4);
        await tenant.TotalAsync(Requests.Total(), added, changed);

        var standard = await publications.GetRestatementAsync(Restate(0, ""), tenant.Call);
        var paged = await publications.GetRestatementAsync(Restate(1, OwnTenant.First), tenant.Call);

        Assert.Equal(
            [new RestatementQuery { Limit = 1000 }, new RestatementQuery { Limit = 1, AfterUnit = OwnTenant.First }],
            tenant.Asked<RestatementQuery>());
        Assert.Equal((publication, publication), (standard.Publication, paged.Publication));
        Assert.Equal((1, 5), (standard.Published.Cells[0].Amount.Units, standard.Current.Cells[0].Amount.Units));
        Assert.True(standard.Current.Selector.AsOf.Position > 0);
        Assert.Equal(
            [("9.1", 1L, 5L), ("9.2", null, 0L)],
            standard.Cells.Select(cell => (cell.Code, cell.Published?.Amount.Units, cell.Current?.Amount.Units)));
        Assert.Equal((2, 2), (standard.ChangedSubmissions, standard.Submissions.Count));
        var change = standard.Submissions[0];
        Assert.Equal(
            (OwnTenant.First, "南阳市教育局", null, 1, tenant.KeyId, added.Hash),
            (change.Unit, change.UnitName, change.Then, change.Now.Source.Revision, change.Now.Source.Actor, change.Now.Hash));
        var second = Assert.Single(paged.Submissions);
        Assert.Equal((OwnTenant.Second, before.Hash, changed.Hash, 2), (second.Unit, second.Then.Hash, second.Now.Hash, second.Now.Source.Revision));
    }

    [Fact]
    public async Task EveryCall_RequestIsWrong_NamesTheField()
    {
        var call = Server.As(server.NorthAdministrator);
        var past = Requests.Total();
        past.AsOf = new V1.AsOf { Position = 1 };

        Assert.Equal("total: Must be given.", await DetailOf(c => c.PublishAsync(new V1.PublishRequest(), call).ResponseAsync));
        Assert.Equal("total.as_of: Is not taken by this call.", await DetailOf(
            c => c.PublishAsync(new V1.PublishRequest { Total = past, RequestId = "r" }, call).ResponseAsync));
        Assert.Equal("limit: Must be from 0 to 10000.", await DetailOf(
            c => c.GetRestatementAsync(Restate(10_001, ""), call).ResponseAsync));
        Assert.StartsWith("after_unit: ", await DetailOf(
            c => c.GetRestatementAsync(Restate(1, "a/b"), call).ResponseAsync), StringComparison.Ordinal);
        Assert.StartsWith("unit: ", await DetailOf(
            c => c.GetPublicationAsync(new V1.GetPublicationRequest { Form = "2014", Period = "2017" }, call).ResponseAsync), StringComparison.Ordinal);

        async Task<string> DetailOf(Func<V1.PublicationService.PublicationServiceClient, Task> ask)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => ask(publications));
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            return refused.Status.Detail;
        }
    }

    /// <summary>Publishes the province's total once it has what a receipt stands for.</summary>
    private async Task<V1.Publication> PublishAsync(OwnTenant tenant, string requestId, V1.Receipt receipt)
    {
        var total = await tenant.TotalAsync(Requests.Total(), receipt);
        return await publications.PublishAsync(
            new V1.PublishRequest { Total = Requests.Total(), RequestId = requestId, ExpectedDigest = total.Digest }, tenant.Call);
    }

    private static V1.GetRestatementRequest Restate(int limit, string after) =>
        new() { Unit = "410000", Form = "2014", Period = "2017", Limit = limit, AfterUnit = after };
}
