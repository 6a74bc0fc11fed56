using Aggregation.Storage.Journal;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

/// <content>What audits and checkpoints read, and the repair of what the journal knows by its streams.</content>
public abstract partial class JournalSuite
{
    [DatabaseFact]
    public async Task ReadStreams_OfTheEmptyPrefix_GivesEveryStreamOfTheTenant()
    {
        await Append(Entries.Ledger("t1", "u1"));
        await Append(Entries.Ledger("t1", "u2", form: "zz-9"));
        await Append(Entries.Ledger("t2", "u3"));
        await Append(Plain("t1", "tenant"));
        await Append(Plain("t1", "0"));
        var streams = new List<string>();
        await foreach (var entry in Journal.ReadStreamsAsync("t1", "", await Journal.ReadPositionAsync(None), None))
        {
            streams.Add(entry.Stream);
        }

        Assert.Equal(["0", "ledger/2014/2017/u1", "ledger/zz-9/2017/u2", "tenant"], streams);
    }

    [DatabaseFact]
    public async Task ReadHeads_BetweenPositions_GivesEachStreamsLastThere()
    {
        var one = await Append(Entries.Ledger("t1", "u1"));
        var two = await Append(Entries.Ledger("t1", "u2"));
        var next = await Append(Entries.Ledger("t1", "u1", one));
        await Append(Entries.Ledger("t2", "u1"));
        var last = await Append(Entries.Ledger("t1", "u1", next));

        Assert.Equal([("u1", 3L), ("u2", 1L)], await HeadsAsync(0, last.Position));
        Assert.Equal([("u1", 2L), ("u2", 1L)], await HeadsAsync(0, next.Position));
        Assert.Equal([("u1", 3L)], await HeadsAsync(two.Position, last.Position));
        Assert.Empty(await HeadsAsync(last.Position, last.Position + 9));
        Assert.Empty(await Journal.ReadHeadsAsync("t3", 0, last.Position, None));
        var head = Assert.Single(await Journal.ReadHeadsAsync("t1", two.Position, last.Position, None));
        Assert.Equal(last.Hash.ToArray(), head.Hash.ToArray());
    }

    [DatabaseFact]
    public async Task ReadRecentStreams_OfSomeEntries_GivesTheirStreamsOnce()
    {
        await Append(Entries.Ledger("t1", "old"));
        var one = await Append(Entries.Ledger("t1", "u1"));
        await Append(Entries.Ledger("t2", "u1"));
        await Append(Entries.Ledger("t1", "u1", one));

        Assert.Equal(
            [new StreamName("t1", Entries.Stream("u1")), new StreamName("t2", Entries.Stream("u1"))],
            (await Journal.ReadRecentStreamsAsync(3, None)).OrderBy(stream => stream.Tenant));
        Assert.Equal(3, (await Journal.ReadRecentStreamsAsync(1000, None)).Count);
    }

    [DatabaseFact]
    public async Task RepairLatest_RowOfTheLastEntry_IsPutInPlace()
    {
        var entry = Entries.Ledger("t1", "u1");
        await Append(entry);
        var row = entry.Latest! with { State = new byte[] { 9 }, SubmittedDigest = 7, AcceptedDigest = UInt128.MaxValue };

        Assert.True(await Journal.RepairLatestAsync(Entries.Name("t1", "u1"), entry.Stream, row));

        var read = Assert.Single(await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], None));
        Assert.Equal([9], read.State.ToArray());
        Assert.Equal(((UInt128)7, UInt128.MaxValue), (read.SubmittedDigest, read.AcceptedDigest));
    }

    [DatabaseFact]
    public async Task RepairLatest_RowOfAnotherEntry_LeavesTheRowAsItIs()
    {
        var first = Entries.Ledger("t1", "u1", content: "1");
        var stored = await Append(first);
        await Append(Entries.Ledger("t1", "u1", stored, content: "2"));
        var name = Entries.Name("t1", "u1");

        Assert.False(await Journal.RepairLatestAsync(name, first.Stream, first.Latest!));
        Assert.False(await Journal.RepairLatestAsync(name, first.Stream, first.Latest! with { Version = 2 }));
        Assert.False(await Journal.RepairLatestAsync(name, first.Stream, null));

        var read = Assert.Single(await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], None));
        Assert.Equal((2L, Entries.Digest("2", 's')), (read.Version, read.SubmittedDigest));
    }

    [DatabaseFact]
    public async Task RepairLatest_RowWithoutAStream_IsTakenAway()
    {
        var stray = Plain("t1", "stray");
        await Append(stray with { Latest = Entries.Ledger("t1", "u1").Latest! with { Hash = stray.Hash } });
        Assert.Single(await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], None));

        Assert.True(await Journal.RepairLatestAsync(Entries.Name("t1", "u1"), Entries.Stream("u1"), null));

        Assert.Empty(await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], None));
    }

    private static NewEntry Plain(string tenant, string stream) => Entries.Sealed(new NewEntry
    {
        Tenant = tenant,
        Stream = stream,
        Version = 1,
        Kind = "plain",
        At = Entries.At,
        Actor = "0123456789ab",
        Payload = default,
        PreviousHash = default,
    });

    private async Task<IEnumerable<(string Unit, long Version)>> HeadsAsync(long after, long through) =>
        (await Journal.ReadHeadsAsync("t1", after, through, None))
            .Select(head => (head.Stream[^2..], head.Version)).Order();
}
