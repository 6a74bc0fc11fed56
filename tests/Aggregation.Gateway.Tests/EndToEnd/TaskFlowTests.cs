using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

/// <summary>A task from its opening to its last report, over the wire.</summary>
[Collection(ClusterCollection.Name)]
public sealed class TaskFlowTests(Cluster cluster)
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
        var opened = await cluster.Tasks.OpenTaskAsync(open, Cluster.As(cluster.NorthAdministrator));
        using var watch = cluster.Tasks.WatchObligations(
            new V1.WatchObligationsRequest { Form = "2014", Period = Period, Unit = "411300" }, Cluster.As(cluster.NorthReader));
        Assert.Equal((2, 0), await NextAsync(watch));

        var outside = await Assert.ThrowsAsync<RpcException>(async () =>
            await cluster.Submissions.SubmitAsync(Cluster.Submit("411300", "task", period: Period), Cluster.As(cluster.NorthClerk)));
        await cluster.Submissions.SubmitAsync(Cluster.Submit("411300-D1", "task", period: Period), Cluster.As(cluster.NorthClerk));

        Assert.Equal((2, 1), await NextAsync(watch));
        Assert.Equal((2, StatusCode.InvalidArgument), (opened.Task.Units, outside.StatusCode));
        var page = await cluster.Tasks.ObligationsAsync(
            new V1.ObligationsRequest { Form = "2014", Period = Period, Unit = "411300", Only = { V1.ObligationFilter.Unfiled } },
            Cluster.As(cluster.NorthSubmitter));
        Assert.Equal(["411300-D2"], page.Obligations.Select(unit => unit.Unit));
        var total = await cluster.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = new V1.TotalSelector { Unit = "411300", Form = "2014", Period = Period } },
            Cluster.As(cluster.NorthReader));
        Assert.Equal(2, total.Coverage.Expected);
        var task = await cluster.Tasks.GetTaskAsync(new V1.GetTaskRequest { Form = "2014", Period = Period }, Cluster.As(cluster.NorthReader));
        Assert.Equal(open.Rules.Obliged, task.Rules.Obliged);
    }

    private static async Task<(int Expected, int Filed)> NextAsync(AsyncServerStreamingCall<V1.ObligationCounts> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        return (watch.ResponseStream.Current.Expected, watch.ResponseStream.Current.Filed);
    }
}
