using Aggregation.Gateway.Tests.Errors;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.EndToEnd;

[Collection(ServerCollection.Name)]
public sealed class SubmissionFlowTests(Server server)
{
    [Fact]
    public async Task Submit_SameRequestTwice_ReturnsTheSameReceipt()
    {
        var request = Server.Submit("411300-D2", "same", 3, "2016");

        var first = await server.Submissions.SubmitAsync(request, Server.As(server.NorthClerk));
        var second = await server.Submissions.SubmitAsync(request, Server.As(server.NorthClerk));

        Assert.Equal(first, second);
        Assert.Equal((1L, 64), (first.Revision, first.Hash.Length));
    }

    [Fact]
    public async Task Submit_SameRequestIdOtherContent_IsAlreadyExists()
    {
        await server.Submissions.SubmitAsync(Server.Submit("411300-D2", "reused", 1, "2017"), Server.As(server.NorthClerk));

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await server.Submissions.SubmitAsync(
            Server.Submit("411300-D2", "reused", 2, "2017"), Server.As(server.NorthClerk)));

        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
    }

    [Fact]
    public async Task Submit_StaleExpectedRevision_IsAbortedWithTheCurrentOne()
    {
        await server.Submissions.SubmitAsync(Server.Submit("411300-D2", "one", 1, "2018"), Server.As(server.NorthClerk));
        await server.Submissions.SubmitAsync(Server.Submit("411300-D2", "two", 2, "2018"), Server.As(server.NorthClerk));
        var late = Server.Submit("411300-D2", "late", 3, "2018");
        late.ExpectedRevision = 1;

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Submissions.SubmitAsync(late, Server.As(server.NorthClerk)));

        Assert.Equal(StatusCode.Aborted, refused.StatusCode);
        Assert.Equal(2, ErrorTests.StatusOf(refused)!.Details.Select(
            detail => detail.TryUnpack<V1.Refusal>(out var refusal) ? refusal.CurrentRevision : 0).Max());
    }

    [Fact]
    public async Task Submit_BrokenIdentity_NamesCellValueAndRuleInBothLanguages()
    {
        var request = Server.Submit("411300-D2", "broken", 1, "2014");
        request.Cells.Add(new V1.Cell { Code = "3.1", Amount = new V1.Amount { Units = 5 } });
        request.Cells.Add(new V1.Cell { Code = "3.1.1", Amount = new V1.Amount { Units = 4 } });

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await server.Submissions.SubmitAsync(request, Server.As(server.NorthClerk)));

        Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
        var violations = ErrorTests.StatusOf(refused)!.Details[1].Unpack<V1.Refusal>().Violations;
        var violation = Assert.Single(violations, violation => violation.Field == "cells[3.1]");
        Assert.NotEmpty(violation.Value);
        Assert.NotEmpty(violation.Rule);
        Assert.NotEmpty(violation.MessageZh);
        Assert.NotEmpty(violation.MessageEn);
    }

    [Fact]
    public async Task Submit_Awaited_IsInTheProvincesTotalAndItsExplanation()
    {
        var receipt = await server.Submissions.SubmitAsync(
            Server.Submit("411300-D1", "flow", 12, "2018Q2"), Server.As(server.NorthClerk));

        var awaited = await server.Rollups.AwaitAsync(
            new V1.AwaitRequest { Unit = "411300-D1", Form = "2014", Period = "2018Q2", Revision = receipt.Revision, AtUnit = "410000" },
            Server.As(server.NorthClerk));
        var selector = new V1.TotalSelector { Unit = "410000", Form = "2014", Period = "2018Q2" };
        var total = await server.Rollups.GetTotalAsync(
            new V1.GetTotalRequest { Total = selector }, Server.As(server.NorthAdministrator));
        using var explain = server.Rollups.Explain(
            new V1.ExplainRequest { Total = selector, Cell = "9.1" }, Server.As(server.NorthAdministrator));
        var lines = new List<V1.ExplainLine>();
        while (await explain.ResponseStream.MoveNext(CancellationToken.None))
        {
            lines.Add(explain.ResponseStream.Current);
        }

        Assert.True((total.Version.Epoch, total.Version.Version_).CompareTo((awaited.Version.Epoch, awaited.Version.Version_)) >= 0);
        Assert.Equal(12, Assert.Single(total.Cells).Amount.Units);
        var leaf = Assert.Single(lines, line => line.Source is not null);
        Assert.Equal(
            ("411300-D1", 2, 12L, 1L, Server.KeyIdOf(server.NorthClerk)),
            (leaf.Unit, leaf.Depth, leaf.Amount.Units, leaf.Source.Revision, leaf.Source.Actor));
    }

    [Fact]
    public async Task Watch_ProvinceWhileACityFiles_SeesItAndResumesAfterIt()
    {
        var selector = new V1.TotalSelector { Unit = "410000", Form = "2014", Period = "2018Q3" };
        V1.Version seen;
        using (var watch = server.Rollups.Watch(new V1.WatchRequest { Total = selector }, Server.As(server.NorthAdministrator)))
        {
            Assert.Empty((await NextAsync(watch)).Cells);
            await server.Submissions.SubmitAsync(Server.Submit("411300-D1", "w1", 5, "2018Q3"), Server.As(server.NorthClerk));
            seen = await UntilAsync(watch, 5);
        }

        using var resumed = server.Rollups.Watch(
            new V1.WatchRequest { Total = selector, After = seen }, Server.As(server.NorthAdministrator));
        await server.Submissions.SubmitAsync(Server.Submit("411300-D1", "w2", 6, "2018Q3"), Server.As(server.NorthClerk));
        await UntilAsync(resumed, 6);
    }

    private static async Task<V1.Version> UntilAsync(AsyncServerStreamingCall<V1.Total> watch, long units)
    {
        while (true)
        {
            var total = await NextAsync(watch);
            if (total.Cells is [{ } cell] && cell.Amount.Units == units)
            {
                return total.Version;
            }
        }
    }

    private static async Task<V1.Total> NextAsync(AsyncServerStreamingCall<V1.Total> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        return watch.ResponseStream.Current;
    }
}
