using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static Aggregation.Gateway.Tests.Structure.Restructured;

namespace Aggregation.Gateway.Tests.Structure;

/// <summary>A history of one tenant, drawn step by step: reports, what is decided on them, changes of the structure, and tasks.</summary>
internal sealed class RandomRestructurings(Server server, Restructured units, Random random)
{
    private static readonly string[] Codes =
        [Root, "990000-E", City, First, Second, Department, OtherCity, "990401", "990501", "990502", "990503"];

    private static readonly string[] Kinds = ["move", "move", "merge", "merge", "close", "abolish", "split", "open", "rename"];
    private static readonly string[] Days = ["2017-06-01", "2018-01-01", "2018-02-01", "2018-05-01", "2018-07-01", "2019-02-01"];
    private static readonly string[] Periods = ["2017", "2018", "2018Q1", "2018Q2"];

    public Restructured Units => units;

    public int Applied { get; private set; }

    public int Filed { get; private set; }

    /// <summary>When the last report was taken, or the last change.</summary>
    public Timestamp Now { get; private set; } = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());

    /// <summary>What a rule forbids does nothing.</summary>
    public async Task StepAsync(string name)
    {
        try
        {
            await (random.Next(10) switch
            {
                < 5 => FileAsync(name),
                < 6 => ReopenOrWithdrawAsync(name),
                < 9 => RestructureAsync(),
                _ => OpenTaskAsync(),
            });
        }
        catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound or StatusCode.PermissionDenied or StatusCode.FailedPrecondition
            or StatusCode.InvalidArgument or StatusCode.AlreadyExists)
        {
            // The history goes on.
        }

        Now = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
    }

    private async Task FileAsync(string name)
    {
        var unit = Any(Codes);
        await units.Tenant.SubmitAsync(unit, name, random.Next(1, 100), Any(Periods));
        Filed++;
    }

    private Task<V1.Receipt> ReopenOrWithdrawAsync(string name)
    {
        var (unit, period) = (Any(Codes), Any(Periods));
        return random.Next(2) == 0
            ? server.Submissions.WithdrawAsync(
                new V1.WithdrawRequest { Unit = unit, Form = Form, Period = period, RequestId = name, Reason = "mistaken" }, units.Call).ResponseAsync
            : server.Reviews.ReopenAsync(
                new V1.ReviewRequest { Unit = unit, Form = Form, Period = period, RequestId = name, Text = "look again" }, units.Call).ResponseAsync;
    }

    private async Task RestructureAsync()
    {
        // Most changes drawn at random break a rule: the first of some that does not is taken.
        for (var tries = 0; tries < 30; tries++)
        {
            var kind = Any(Kinds);
            var change = Change(
                kind, Any(Codes), Any(Days), parent: kind is "move" or "open" ? Any(Codes) : "", into: kind is "merge" or "abolish" or "split" ? Any(Codes) : "",
                tree: random.Next(4) == 0 ? Line : "", name: kind is "open" or "rename" ? "改名" : "", kind: kind == "open" ? "department" : "");
            if (kind is "merge" or "split" && change.Into.StartsWith("9905", StringComparison.Ordinal))
            {
                change.Name = "新设";
            }

            try
            {
                await units.ApplyAsync(acceptLoss: true, change);
                Applied++;
                return;
            }
            catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument)
            {
                // Another one is drawn.
            }
        }
    }

    private Task<V1.OpenTaskResponse> OpenTaskAsync() => server.Tasks.OpenTaskAsync(
        new V1.OpenTaskRequest
        {
            Form = Form,
            Period = Any(Periods),
            Rules = new V1.TaskRules
            {
                OpensOn = "2020-01-01",
                Obliged = { new V1.UnitFilter { Kinds = { random.Next(2) == 0 ? "government" : "department" } } },
                Deadlines = { new V1.DeadlineRule { Date = "2199-12-31" } },
            },
        },
        units.Call).ResponseAsync;

    private string Any(string[] values) => values[random.Next(values.Length)];
}
