using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>A clerk's name and address, from the first call to their erasure.</summary>
[Collection(ClusterCollection.Name)]
public sealed class PersonFlowTests(Cluster cluster)
{
    private const string Unit = "411300-D1";
    private const string Period = "2016";

    [Fact]
    public async Task Names_OfAClerk_ShowWhereAskedForAndAreGoneOnceErased()
    {
        var office = cluster.NorthAdministrator;
        var clerk = await CreateKeyAsync("clerk-7");
        await Persons.SetPersonAsync(
            new V1.SetPersonRequest { User = "clerk-7", Name = "王小明", Email = "wang@example.org" }, Cluster.As(office));
        await cluster.Submissions.SubmitAsync(Cluster.Submit(Unit, "person", period: Period), Cluster.As(clerk));

        Assert.Equal(("王小明", "127.0.0.1"), await TrailAsync(office, named: true));
        Assert.Equal(("王小明", ""), await TrailAsync(clerk, named: true));
        Assert.Equal(("", ""), await TrailAsync(office, named: false));
        Assert.Equal(("王小明", ""), (await HistoryAsync(named: true), await HistoryAsync(named: false)));
        Assert.Equal("王小明", await ListedAsync());
        var own = await Persons.GetOwnPersonAsync(new V1.GetOwnPersonRequest(), Cluster.As(clerk));
        Assert.Equal(("wang@example.org", "127.0.0.1"), (own.Email, own.Addresses.Single().Address));
        Assert.Equal(own, await Persons.GetPersonAsync(new V1.GetPersonRequest { User = "clerk-7" }, Cluster.As(office)));

        var erased = await Persons.ErasePersonAsync(new V1.ErasePersonRequest { User = "clerk-7" }, Cluster.As(office));

        Assert.Equal(2, erased.Erased);
        Assert.Equal(("", ""), await TrailAsync(office, named: true));
        Assert.Equal(("", ""), (await HistoryAsync(named: true), await ListedAsync()));
        var nobody = await Assert.ThrowsAsync<RpcException>(
            async () => await Persons.GetOwnPersonAsync(new V1.GetOwnPersonRequest(), Cluster.As(office)));
        Assert.Equal(StatusCode.NotFound, nobody.StatusCode);
    }

    private V1.PersonService.PersonServiceClient Persons => new(cluster.Channel);

    private async Task<string> CreateKeyAsync(string user) => (await cluster.Admin.CreateKeyAsync(
        new V1.CreateKeyRequest { Label = "clerk", User = user, Submit = new V1.Subtree { Unit = Unit } },
        Cluster.As(cluster.NorthAdministrator))).Text;

    private async Task<(string Name, string Address)> TrailAsync(string key, bool named)
    {
        using var call = new V1.TrailService.TrailServiceClient(cluster.Channel).ReadReportTrail(
            new V1.ReadReportTrailRequest { Unit = Unit, Form = "2014", Period = Period, Names = named }, Cluster.As(key));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var entry = call.ResponseStream.Current;
        Assert.NotEqual(0, entry.Entry.Origin);
        return (entry.ActorName, entry.Address);
    }

    private async Task<string> HistoryAsync(bool named) => (await cluster.Submissions.HistoryAsync(
        new V1.HistoryRequest { Unit = Unit, Form = "2014", Period = Period, Names = named },
        Cluster.As(cluster.NorthAdministrator))).Submissions.Single().ActorName;

    private async Task<string> ListedAsync() => (await cluster.Admin.ListUsersAsync(
        new V1.ListUsersRequest(), Cluster.As(cluster.NorthAdministrator))).Users.Single(user => user.User_ == "clerk-7").Name;
}
