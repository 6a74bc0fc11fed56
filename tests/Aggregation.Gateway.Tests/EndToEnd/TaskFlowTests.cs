using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>A task from its opening to its last report, over the wire.</summary>
[Collection(ServerCollection.Name)]
public sealed class TaskFlowTests(Server server)
{
    private const string Period = "2017Q1";

    [Fact]
    public async Task Task_FromOpeningToReports_CountsAgainstTheList()
    {
        var open = new V1.OpenTaskRequest
        {
            Form = "2014",
            Period = Period,
            Rules = new V1.TaskRules
            {
                Obliged = { new V1.UnitFilter { Kinds = { "department" }, Under = "411300" } },
                Deadlines = { new V1.DeadlineRule { Date = "2199-12-31" } },
            },
        };
        var opened = await server.Tasks.OpenTaskAsync(open, Server.As(server.NorthAdministrator));
        using var watch = server.Tasks.WatchObligations(
            new V1.WatchObligationsRequest { Form = "2014", Period = Period, Unit = "411300" }, Server.As(server.NorthReader));
        Assert.Equal((2, 0), await NextAsync(watch));

        var outside = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Submissions.SubmitAsync(Server.Submit("411300", "task", period: Period), Server.As(server.NorthClerk)));
        await server.Submissions.SubmitAsync(Server.Submit("411300-D1", "task", period: Period), Server.As(server.NorthClerk));

        Assert.Equal((2, 1), await NextAsync(watch));
        Assert.Equal((2, StatusCode.InvalidArgument), (opened.Task.Units, outside.StatusCode));
        var page = await server.Tasks.ObligationsAsync(
            new V1.ObligationsRequest { Form = "2014", Period = Period, Unit = "411300", Only = { V1.ObligationFilter.Unfiled } },
            Server.As(server.NorthSubmitter));
        Assert.Equal(["411300-D2"], page.Obligations.Select(unit => unit.Unit));
        var total = await server.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = new V1.TotalSelector { Unit = "411300", Form = "2014", Period = Period } },
            Server.As(server.NorthReader));
        Assert.Equal(2, total.Coverage.Expected);
        var task = await server.Tasks.GetTaskAsync(new V1.GetTaskRequest { Form = "2014", Period = Period }, Server.As(server.NorthReader));
        Assert.Equal(open.Rules.Obliged, task.Rules.Obliged);
    }

    private static async Task<(int Expected, int Filed)> NextAsync(AsyncServerStreamingCall<V1.ObligationCounts> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        return (watch.ResponseStream.Current.Expected, watch.ResponseStream.Current.Filed);
    }
}
