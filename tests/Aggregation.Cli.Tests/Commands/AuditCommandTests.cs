using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

public sealed class AuditCommandTests : CommandTest
{
    private static readonly string Hash = new('c', 64);

    [Fact]
    public async Task Audit_NothingFound_SaysHowFarAndTheCheckpoint()
    {
        AuditRequest? asked = null;
        Server.Answers.Audit = request =>
        {
            asked = request;
            return
            [
                new AuditProgress { Entries = 5_000, Streams = 40 },
                new AuditProgress { Entries = 12_345, Streams = 99, Ledgers = 2, Done = true, Checkpoint = 7, CheckpointHash = Hash },
            ];
        };

        Assert.Equal(ExitCode.Ok, await RunAsync("audit", "--form", "2014", "--period", "2017"));

        Assert.Equal(new AuditRequest { Form = "2014", Period = "2017" }, asked);
        Assert.Contains("12,345 entries, 99 streams, 2 forms and periods: 0 faults in the journal, 0 drifts", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"checkpoint 7 {Hash}", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_WithoutFormAndPeriod_AsksForEverything()
    {
        AuditRequest? asked = null;
        Server.Answers.Audit = request =>
        {
            asked = request;
            return [new AuditProgress { Done = true }];
        };

        Assert.Equal(ExitCode.Ok, await RunAsync("audit"));

        Assert.Equal(new AuditRequest(), asked);
        Assert.DoesNotContain("checkpoint", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Audit_EntryCutOff_NamesItAndFails()
    {
        Server.Answers.Audit = static _ =>
        [
            new AuditProgress { Faults = { new JournalFault { Stream = "ledger/2014/2017/u", Version = 3, Kind = JournalFaultKind.CutOff } } },
            new AuditProgress { Entries = 9, Streams = 1, Done = true },
        ];

        Assert.Equal(ExitCode.Refused, await RunAsync("audit"));

        foreach (var text in new[] { "ledger/2014/2017/u", "CutOff", "1 faults in the journal, 0 drifts" })
        {
            Assert.Contains(text, Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Audit_TotalDrifted_NamesUnitAndRevisionAndFails()
    {
        Server.Answers.Audit = static _ => [new AuditProgress { Ledgers = 1, Done = true, Drifts = { Drifted() } }];

        Assert.Equal(ExitCode.Refused, await RunAsync("audit"));

        foreach (var text in new[] { "360301", "yes", "0 faults in the journal, 1 drifts" })
        {
            Assert.Contains(text, Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Audit_Json_WritesOneLineForEachAnswerAndFails()
    {
        Server.Answers.Audit = static _ => [new AuditProgress { Entries = 1 }, new AuditProgress { Done = true, Drifts = { Drifted() } }];

        Assert.Equal(ExitCode.Refused, await RunAsync("audit", "--json"));

        var lines = Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("360301-S01", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable, ExitCode.Unavailable)]
    [InlineData(StatusCode.PermissionDenied, ExitCode.NotAllowed)]
    public async Task Audit_NotAnswered_EndsByTheStatus(StatusCode status, int expected)
    {
        Server.Answers.Audit = _ => throw new RpcException(new Status(status, "no"));

        Assert.Equal(expected, await RunAsync("audit"));
    }

    private static Drift Drifted() => new()
    {
        Form = "2014", Period = "2017", Unit = "360301", Layer = Layer.Submitted, Repaired = true,
        Differences = { new Difference { Unit = "360301-S01", Kind = DifferenceKind.Missing, Revision = 2, Hash = "ab" } },
    };
}
