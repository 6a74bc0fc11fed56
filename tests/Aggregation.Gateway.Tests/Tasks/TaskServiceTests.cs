using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aggregation.Gateway.Tests.Tasks;

public sealed class TaskServiceTests
{
    private static V1.TaskRules Rules => new()
    {
        Tree = "education",
        OpensOn = "2018-01-02",
        Obliged = { new V1.UnitFilter { Kinds = { "department" }, Levels = { "city", "county" }, Under = "360300", Units = { "a", "b" } } },
        Deadlines =
        {
            new V1.DeadlineRule { Units = new V1.UnitFilter { Kinds = { "department" } }, Date = "2018-01-26" },
            new V1.DeadlineRule { Units = new V1.UnitFilter(), AfterPeriod = 5 },
            new V1.DeadlineRule { Units = new V1.UnitFilter(), AfterOpening = 6 },
        },
        ReminderDays = 3,
    };

    private static V1.ObligationCounts Answered(int filed) => new() { Expected = 4, Open = 4 - filed, Filed = filed };

    [Fact]
    public async Task OpenTask_Request_IsAskedAndAnsweredWhole()
    {
        await using var host = await GatewayHost.StartAsync();

        var opened = await host.Tasks.OpenTaskAsync(
            new V1.OpenTaskRequest { Form = "2014", Period = "2017", Rules = Rules, DryRun = true }, host.Call());

        Assert.Equal("tasks/hunan", host.Grains.Tasks.Key);
        Assert.True(host.Grains.Tasks.Opened!.DryRun);
        Assert.Equal(
            new V1.OpenTaskResponse
            {
                Task = new V1.ReportingTask
                {
                    Form = "2014",
                    Period = "2017",
                    Rules = Rules,
                    OpensOn = "2018-01-02",
                    Units = 5,
                    FirstDeadline = "2018-01-26",
                    LastDeadline = "2018-01-31",
                    Extensions = 1,
                    StructureVersion = 3,
                    OpenedAt = new Timestamp(),
                    Actor = "k",
                },
                Rows = { new V1.TaskRow { Kind = "department", Level = "city", Deadline = "2018-01-26", Units = 3, Filed = 1 } },
                FiledOutside = { "360313" },
                FiledOutsideCount = 7,
                YearsWithoutCalendar = { 2018 },
            },
            opened);
    }

    [Fact]
    public async Task ListGetAndCancel_Tasks_AreAnswered()
    {
        await using var host = await GatewayHost.StartAsync();

        var list = await host.Tasks.ListTasksAsync(new V1.ListTasksRequest(), host.Call());
        var one = await host.Tasks.GetTaskAsync(new V1.GetTaskRequest { Form = "2021", Period = "2022" }, host.Call());
        var cancelled = await host.Tasks.CancelTaskAsync(
            new V1.CancelTaskRequest { Form = "2014", Period = "2017", Reason = "why" }, host.Call());

        Assert.Equal(["2016", "2017"], list.Tasks.Select(task => task.Period));
        Assert.Equal(("2021", "2022", "why"), (one.Form, one.Period, cancelled.Rules.Tree));
    }

    [Fact]
    public async Task Obligations_Request_IsAskedAndAnsweredWhole()
    {
        await using var host = await GatewayHost.StartAsync();

        var page = await host.Tasks.ObligationsAsync(
            new V1.ObligationsRequest
            {
                Form = "2014",
                Period = "2017",
                Tree = "education",
                Unit = "360300",
                Only = { V1.ObligationFilter.Missing, V1.ObligationFilter.Extended },
                Limit = 7,
                AfterUnit = "360300-S01",
            },
            host.Call());
        var query = host.Grains.Tasks.Queried!;
        await host.Tasks.ObligationsAsync(new V1.ObligationsRequest { Form = "2014", Period = "2017", Unit = "360300" }, host.Call());

        Assert.Equal(new ObligationScope { Form = "2014", Period = "2017", Tree = "education", Under = "360300" }, query.Scope);
        Assert.Equal([ObligationFilter.Missing, ObligationFilter.Extended], query.Only.AsEnumerable());
        Assert.Equal((7, "360300-S01", 1000, "territory"), (
            query.Limit, query.AfterUnit, host.Grains.Tasks.Queried!.Limit, host.Grains.Tasks.Queried.Scope.Tree));
        Assert.Equal(
            new V1.ObligationsResponse
            {
                Obligations =
                {
                    new V1.Obligation
                    {
                        Unit = "360300",
                        UnitName = "局",
                        State = V1.FilingState.Returned,
                        Nil = true,
                        Deadline = "2018-01-26",
                        Late = true,
                        Missing = true,
                        Due = true,
                        FiledAt = new Timestamp(),
                        Revision = 2,
                    },
                },
                HasMore = true,
                Counts = Answered(0),
            },
            page);
    }

    [Fact]
    public async Task ExtensionsAndCalendars_Requests_AreAskedAndAnswered()
    {
        await using var host = await GatewayHost.StartAsync();

        var extended = await host.Tasks.GrantExtensionAsync(
            new V1.GrantExtensionRequest { Form = "2014", Period = "2017", Unit = "a", Deadline = "d", Reason = "r" }, host.Call());
        var set = await host.Tasks.SetCalendarAsync(
            new V1.SetCalendarRequest { Year = 2018, Days = { new V1.CalendarDay { Line = 3, Day = "x", Kind = "y" } } }, host.Call());
        var got = await host.Tasks.GetCalendarAsync(new V1.GetCalendarRequest { Year = 2018 }, host.Call());

        Assert.Equal(
            new V1.Extension { Deadline = "2018-01-30", Reason = "r d", At = new Timestamp(), Actor = host.Key.Split('_')[2] }, extended.Extension);
        Assert.Equal(new CalendarDay(3, "x", "y"), Assert.Single(host.Grains.Tasks.Calendar!.Days));
        Assert.Equal(
            new V1.WorkingCalendar { Year = 2018, Known = true, Holidays = { "2018-01-01" }, Workdays = { "2018-01-06" }, WorkingDays = 250 }, got);
        Assert.Equal(got, set);
    }

    [Fact]
    public async Task EveryCall_RequestIsWrong_NamesTheField()
    {
        await using var host = await GatewayHost.StartAsync();
        var zero = new V1.TaskRules { Deadlines = { new V1.DeadlineRule { AfterPeriod = 0 } } };

        foreach (var (field, call) in new (string, Func<Task>)[]
        {
            ("rules", () => host.Tasks.OpenTaskAsync(new V1.OpenTaskRequest { Form = "2014", Period = "2017" }, host.Call()).ResponseAsync),
            ("form", () => host.Tasks.OpenTaskAsync(new V1.OpenTaskRequest { Period = "2017", Rules = Rules }, host.Call()).ResponseAsync),
            ("rules.deadlines[0].after_period", () => host.Tasks.OpenTaskAsync(
                new V1.OpenTaskRequest { Form = "2014", Period = "2017", Rules = zero }, host.Call()).ResponseAsync),
            ("period", () => host.Tasks.GetTaskAsync(new V1.GetTaskRequest { Form = "2014", Period = "a/b" }, host.Call()).ResponseAsync),
            ("unit", () => host.Tasks.ObligationsAsync(
                new V1.ObligationsRequest { Form = "2014", Period = "2017" }, host.Call()).ResponseAsync),
            ("limit", () => host.Tasks.ObligationsAsync(
                new V1.ObligationsRequest { Form = "2014", Period = "2017", Unit = "a", Limit = 10_001 }, host.Call()).ResponseAsync),
            ("only", () => host.Tasks.ObligationsAsync(
                new V1.ObligationsRequest { Form = "2014", Period = "2017", Unit = "a", Only = { (V1.ObligationFilter)9 } }, host.Call()).ResponseAsync),
            ("unit", () => host.Tasks.GrantExtensionAsync(
                new V1.GrantExtensionRequest { Form = "2014", Period = "2017", Unit = "a b" }, host.Call()).ResponseAsync),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(call);
            Assert.Equal(StatusCode.InvalidArgument, refused.StatusCode);
            Assert.StartsWith($"{field}: ", refused.Status.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task WatchObligations_Changes_SendsTheCountsNowAndWhenTheyDiffer()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:ObligationInterval=00:00:03");
        var interval = TimeSpan.FromSeconds(3);
        using var watch = Watch(host);
        Assert.Equal(Answered(0), await NextAsync(watch));
        await host.Grains.Tasks.Counted();
        await host.Time.TimerOf(interval);

        // Nothing changed at the first look, two things by the second: one message.
        host.Time.Advance(interval);
        await host.Grains.Tasks.Counted();
        host.Grains.Tasks.Counts = new ObligationCounts { Expected = 4, Open = 3, Filed = 1 };
        host.Grains.Tasks.Counts = new ObligationCounts { Expected = 4, Open = 2, Filed = 2 };
        host.Time.Advance(interval);

        Assert.Equal(Answered(2), await NextAsync(watch));
    }

    [Fact]
    public async Task WatchObligations_CallerLosesTheRight_EndsDenied()
    {
        await using var host = await GatewayHost.StartAsync("Gateway:WatchRenewal=00:00:07");
        using var watch = Watch(host);
        await NextAsync(watch);
        await host.Time.TimerOf(TimeSpan.FromSeconds(7));
        host.Grains.Tasks.Refusal = new RefusedException(RefusalKind.Forbidden, "This key may not look.");

        host.Time.Advance(TimeSpan.FromSeconds(7));

        var ended = await Assert.ThrowsAsync<RpcException>(() => NextAsync(watch));
        Assert.Equal(StatusCode.PermissionDenied, ended.StatusCode);
    }

    [Fact]
    public async Task WatchObligations_NotAllowed_IsRefusedBeforeAnyCount()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Grains.Tasks.Refusal = new RefusedException(RefusalKind.Forbidden, "This key may not look.");
        using var watch = Watch(host);

        var refused = await Assert.ThrowsAsync<RpcException>(() => NextAsync(watch));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private static AsyncServerStreamingCall<V1.ObligationCounts> Watch(GatewayHost host) => host.Tasks.WatchObligations(
        new V1.WatchObligationsRequest { Form = "2014", Period = "2017", Unit = "360300" }, host.Call());

    private static async Task<V1.ObligationCounts> NextAsync(AsyncServerStreamingCall<V1.ObligationCounts> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(Requests.Patience));
        return watch.ResponseStream.Current;
    }
}
