using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>A clerk's name and address, from the first call to their erasure.</summary>
[Collection(ServerCollection.Name)]
public sealed class PersonFlowTests(Server server)
{
    private const string Unit = "411300-D1";
    private const string Period = "2016";

    [Fact]
    public async Task Names_OfAClerk_ShowWhereAskedForAndAreGoneOnceErased()
    {
        var office = server.NorthAdministrator;
        var clerk = await CreateKeyAsync("clerk-7");
        await Persons.SetPersonAsync(
            new V1.SetPersonRequest { User = "clerk-7", Name = "王小明", Email = "wang@example.org" }, Server.As(office));
        await server.Submissions.SubmitAsync(Server.Submit(Unit, "person", period: Period), Server.As(clerk));

        Assert.Equal(("王小明", "127.0.0.1"), await TrailAsync(office, named: true));
        Assert.Equal(("王小明", ""), await TrailAsync(clerk, named: true));
        Assert.Equal(("", ""), await TrailAsync(office, named: false));
        Assert.Equal(("王小明", ""), (await HistoryAsync(named: true), await HistoryAsync(named: false)));
        Assert.Equal("王小明", await ListedAsync());
        var own = await Persons.GetOwnPersonAsync(new V1.GetOwnPersonRequest(), Server.As(clerk));
        Assert.Equal(("wang@example.org", "127.0.0.1"), (own.Email, own.Addresses.Single().Address));
        Assert.Equal(own, await Persons.GetPersonAsync(new V1.GetPersonRequest { User = "clerk-7" }, Server.As(office)));

        var erased = await Persons.ErasePersonAsync(new V1.ErasePersonRequest { User = "clerk-7" }, Server.As(office));

        Assert.Equal(2, erased.Erased);
        Assert.Equal(("", ""), await TrailAsync(office, named: true));
        Assert.Equal(("", ""), (await HistoryAsync(named: true), await ListedAsync()));
        var nobody = await Assert.ThrowsAsync<RpcException>(
            async () => await Persons.GetOwnPersonAsync(new V1.GetOwnPersonRequest(), Server.As(office)));
        Assert.Equal(StatusCode.NotFound, nobody.StatusCode);
    }

    private V1.PersonService.PersonServiceClient Persons => new(server.Channel);

    private async Task<string> CreateKeyAsync(string user) => (await server.Admin.CreateKeyAsync(
        new V1.CreateKeyRequest { Label = "clerk", User = user, Submit = new V1.Subtree { Unit = Unit } },
        Server.As(server.NorthAdministrator))).Text;

    private async Task<(string Name, string Address)> TrailAsync(string key, bool named)
    {
        using var call = new V1.TrailService.TrailServiceClient(server.Channel).ReadReportTrail(
            new V1.ReadReportTrailRequest { Unit = Unit, Form = "2014", Period = Period, Names = named }, Server.As(key));
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        var entry = call.ResponseStream.Current;
        Assert.NotEqual(0, entry.Entry.Origin);
        return (entry.ActorName, entry.Address);
    }

    private async Task<string> HistoryAsync(bool named) => (await server.Submissions.HistoryAsync(
        new V1.HistoryRequest { Unit = Unit, Form = "2014", Period = Period, Names = named },
        Server.As(server.NorthAdministrator))).Submissions.Single().ActorName;

    private async Task<string> ListedAsync() => (await server.Admin.ListUsersAsync(
        new V1.ListUsersRequest(), Server.As(server.NorthAdministrator))).Users.Single(user => user.User_ == "clerk-7").Name;
}
