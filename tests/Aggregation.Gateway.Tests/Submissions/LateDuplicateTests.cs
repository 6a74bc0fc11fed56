using Grpc.Core;

namespace Aggregation.Gateway.Tests.Submissions;

/// <summary>Requests that come again after their unit has left the tree: what is on disk has a receipt, and nothing new is taken.</summary>
[Collection(ServerCollection.Name)]
public sealed class LateDuplicateTests(Server server) : IAsyncLifetime
{
    private const string Unit = "411300";
    private OwnTenant tenant = null!;
    private string clerk = "";

    public async Task InitializeAsync()
    {
        tenant = await server.OwnTenantAsync("""
            code,name,kind,level,parent,from,to
            410000,河南省,government,province,,2000-01-01,
            411300,南阳市,government,city,410000,2000-01-01,
            411400,商丘市,government,city,410000,2000-01-01,
            """,
            autoAccept: false);
        clerk = await KeyAsync(Unit);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_SentAgainOnceTheUnitIsMerged_HasItsReceipt(bool byTheUnit)
    {
        var key = byTheUnit ? clerk : tenant.Key;
        var receipt = await SubmitAsync(key, "r", 5);
        var withdrawal = new V1.WithdrawRequest { Unit = Unit, Form = "2014", Period = "2017", RequestId = "w", Reason = "x" };
        var withdrawn = await server.Submissions.WithdrawAsync(withdrawal, Server.As(key));
        await MergeAsync();

        for (var time = 0; time < 2; time++)
        {
            Assert.Equal(receipt, await SubmitAsync(key, "r", 5));
            Assert.Equal(withdrawn, await server.Submissions.WithdrawAsync(withdrawal, Server.As(key)));
        }

        Assert.Equal(StatusCode.AlreadyExists, await RefusedAsync(key, "r", 6));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusedAsync(key, "s", 5));
    }

    [Fact]
    public async Task Submit_SentAgainBySomebodyElse_IsRefusedAsBefore()
    {
        await SubmitAsync(clerk, "r", 5);
        var other = await KeyAsync("411400");
        await MergeAsync();

        Assert.Equal(StatusCode.PermissionDenied, await RefusedAsync(other, "r", 5));
    }

    [Fact]
    public async Task Submit_OfAUnitThatComesLater_IsTakenOnceItIsThere()
    {
        var early = Server.Submit("411500", "r", 5, "2017");
        var key = await server.Admin.CreateKeyAsync(
            new V1.CreateKeyRequest { Label = "city", Submit = new V1.Subtree { Unit = "410000" } }, tenant.Call);
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(early, Server.As(key.Text)));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);

        await server.Admin.ImportUnitsAsync(
            new V1.ImportUnitsRequest { Csv = "code,name,kind,level,parent,from,to\n411500,信阳市,government,city,410000,2000-01-01,\n" }, tenant.Call);

        Assert.Equal(1, (await server.Submissions.SubmitAsync(early, Server.As(key.Text))).Revision);
    }

    private async Task MergeAsync()
    {
        var change = new V1.StructureChange
        {
            Change = "merge", Tree = "territory", From = "2017-07-01", Unit = Unit, Into = "411400",
        };
        var plan = await server.Admin.PlanRestructuringAsync(new V1.PlanRestructuringRequest { Changes = { change } }, tenant.Call);
        await server.Admin.ApplyRestructuringAsync(
            new V1.ApplyRestructuringRequest { Changes = { change }, StructureVersion = plan.StructureVersion }, tenant.Call);
    }

    private async Task<V1.Receipt> SubmitAsync(string key, string id, long figure) =>
        await server.Submissions.SubmitAsync(Server.Submit(Unit, id, figure, "2017"), Server.As(key));

    private async Task<StatusCode> RefusedAsync(string key, string id, long figure) =>
        (await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(key, id, figure))).StatusCode;

    private async Task<string> KeyAsync(string unit) => (await server.Admin.CreateKeyAsync(
        new V1.CreateKeyRequest { Label = "clerk", Submit = new V1.Subtree { Unit = unit } }, tenant.Call)).Text;
}
