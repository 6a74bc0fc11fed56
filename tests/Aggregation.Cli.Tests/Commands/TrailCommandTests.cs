using Aggregation.Domain.Chains;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Tests.Commands;

public sealed class TrailCommandTests : CommandTest
{
    [Fact]
    public async Task Verify_AsItWasWritten_HoldsWithoutAServer()
    {
        Assert.Equal(ExitCode.Ok, await VerifyAsync([.. Chain("ledger/2014/2017/a", 3), .. Chain("tenant", 2)]));

        Assert.Contains("5 entries of 2 streams, 0 faults", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_AnyFieldChanged_IsNamed()
    {
        foreach (var change in new Action<TrailEntry>[]
        {
            read => read.Text = "a reason that nobody gave",
            read => read.Tenant = "south",
            read => read.Entry.Kind = "accepted",
            read => read.Entry.Actor = "somebody else",
            read => read.Entry.AtUnixMs++,
            read => read.Entry.Unit = "b",
            read => read.Entry.RequestId = "other",
            read => read.Entry.Origin = 5,
            read => read.Entry.Payload = ByteString.CopyFromUtf8("other figures"),
        })
        {
            var trail = Chain("ledger/2014/2017/a", 3);
            change(trail[1]);

            Assert.Equal(ExitCode.Refused, await VerifyAsync(trail));
            Assert.Contains("line 2", Output.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Verify_WithNames_HoldsAndSaysThatNoHashCoversThem()
    {
        var trail = Chain("tenant", 3);
        trail[0].ActorName = "anybody";
        trail[2].Address = "203.0.113.1";

        Assert.Equal(ExitCode.Ok, await VerifyAsync(trail));

        Assert.Contains("2 entries have names or addresses", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_EntriesMissingOrNoEntry_AreNamedByLine()
    {
        var trail = Chain("ledger/2014/2017/a", 4);
        trail.RemoveAt(1);
        var file = Write("trail.jsonl", string.Join('\n', trail.Select(entry => entry.ToString())) + "\nnonsense\n");

        Assert.Equal(ExitCode.Refused, await RunAsync("trail", "verify", file));

        Assert.Contains("line 2: entries before ledger/2014/2017/a 3 are missing", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 4: is no entry of a trail", Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync("trail", "verify", "absent.jsonl"));
    }

    private Task<int> VerifyAsync(IEnumerable<TrailEntry> trail) =>
        RunAsync("trail", "verify", Write("trail.jsonl", string.Join('\n', trail.Select(entry => JsonFormatter.Default.Format(entry)))));

    /// <summary>A stream as a journal would have it.</summary>
    private static List<TrailEntry> Chain(string stream, int length)
    {
        var trail = new List<TrailEntry>();
        ReadOnlyMemory<byte> head = default;
        for (var version = 1; version <= length; version++)
        {
            var entry = new EntryBody
            {
                Tenant = "north", Stream = stream, Version = version, Kind = "submitted",
                At = DateTimeOffset.FromUnixTimeMilliseconds(1_500_000_000_000 + version), Actor = "0123456789ab", Unit = "a",
                RequestId = $"r{version}", RequestHash = new byte[] { 1, 2 }, Payload = new byte[] { 3, 4, (byte)version }, PreviousHash = head,
            };
            head = EntryHash.Of(entry);
            trail.Add(new TrailEntry
            {
                Tenant = entry.Tenant,
                Entry = new TransferEntry
                {
                    Stream = stream, Version = version, Kind = entry.Kind, AtUnixMs = entry.At.ToUnixTimeMilliseconds(),
                    Actor = entry.Actor, Unit = entry.Unit, RequestId = entry.RequestId,
                    RequestHash = ByteString.CopyFrom(entry.RequestHash.Span), Payload = ByteString.CopyFrom(entry.Payload.Span),
                    PreviousHash = ByteString.CopyFrom(entry.PreviousHash.Span), Hash = ByteString.CopyFrom(head.Span),
                },
            });
        }

        return trail;
    }
}
