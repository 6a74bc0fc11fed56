using Grpc.Core;
using static Aggregation.Gateway.Tests.Structure.Restructured;

namespace Aggregation.Gateway.Tests.Structure;

/// <summary>A watch of a unit that leaves the tree ends, and says so.</summary>
[Collection(ServerCollection.Name)]
public sealed class LeavingWatchTests(Server server)
{
    public static TheoryData<string, string, string, string, string> Departures => new()
    {
        // change, unit, into, tree, who took over
        { "merge", Second, First, "", $"'{First}' took over" },
        { "abolish", City, OtherCity, "", $"'{OtherCity}' took over" },
        { "close", "990401", "", "", "nobody took over" },
        { "close", Department, "", Line, "nobody took over" },
    };

    [Theory]
    [MemberData(nameof(Departures))]
    public async Task Watch_UnitLeavesTheTree_EndsSayingSo(string change, string unit, string into, string tree, string heir)
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(unit, "a", 3, "2018");
        var subtree = new V1.Subtree { Unit = unit, Tree = tree };
        CallOptions[] keys = [units.Call, await units.KeyAsync(read: subtree)];
        var watches = keys.Select(key => server.Rollups.Watch(new V1.WatchRequest { Total = Selector(unit, tree: tree) }, key)).ToList();
        foreach (var watch in watches)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        }

        await units.ApplyAsync(acceptLoss: true, Change(change, unit, into: into, tree: tree));

        foreach (var watch in watches)
        {
            RequireLeft(await EndAsync(watch.ResponseStream), unit, tree, heir);
            watch.Dispose();
        }
    }

    [Fact]
    public async Task WatchObligations_UnitLeavesTheTree_EndsSayingSo()
    {
        var units = await StartAsync(server);
        await server.Tasks.OpenTaskAsync(
            new V1.OpenTaskRequest
            {
                Form = Form, Period = "2018", Rules = new V1.TaskRules { Deadlines = { new V1.DeadlineRule { Date = "2199-12-31" } } },
            },
            units.Call);
        CallOptions[] keys =
        [
            units.Call, await units.KeyAsync(submit: new V1.Subtree { Unit = Second }), await units.KeyAsync(review: new V1.Subtree { Unit = City }),
        ];
        var watches = keys.Select(key => server.Tasks.WatchObligations(
            new V1.WatchObligationsRequest { Form = Form, Period = "2018", Unit = Second }, key)).ToList();
        foreach (var watch in watches)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        }

        await units.ApplyAsync(acceptLoss: true, Change("merge", Second, into: First));

        foreach (var watch in watches)
        {
            RequireLeft(await EndAsync(watch.ResponseStream), Second, "", $"'{First}' took over");
            watch.Dispose();
        }
    }

    [Fact]
    public async Task Watch_OfATotalAbove_GoesOn()
    {
        var units = await StartAsync(server);
        await units.Tenant.SubmitAsync(Second, "a", 3, "2018");
        using var watch = server.Rollups.Watch(new V1.WatchRequest { Total = Selector(City) }, units.Call);
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));

        await units.ApplyAsync(acceptLoss: true, Change("merge", Second, into: First));

        while (watch.ResponseStream.Current.Coverage.Expected != 3)
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        }

        Assert.Equal((0, 3), Rate(watch.ResponseStream.Current.Coverage));
    }

    /// <summary>Whatever still comes, up to the status.</summary>
    private static async Task<RpcException> EndAsync<T>(IAsyncStreamReader<T> stream) => await Assert.ThrowsAsync<RpcException>(async () =>
    {
        while (await stream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience))
        {
            // A total of before.
        }
    });

    private static void RequireLeft(RpcException end, string unit, string tree, string heir)
    {
        Assert.Equal(StatusCode.NotFound, end.StatusCode);
        var violation = Assert.Single(Violations(end));
        Assert.Equal(("unit", unit, "unit.in-force"), (violation.Field, violation.Value, violation.Rule));
        Assert.StartsWith(
            $"'{unit}' left tree {(tree.Length == 0 ? "territory" : tree)} on 2018-07-01; {heir}", violation.MessageEn, StringComparison.Ordinal);
    }
}
