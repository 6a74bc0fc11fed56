using Aggregation.Storage.Journal;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

/// <content>Reading the streams of a form and period, as they were at a position.</content>
public abstract partial class JournalSuite
{
    [DatabaseFact]
    public async Task ReadStreams_OfAPrefix_GivesEveryStreamWholeAndNoOther()
    {
        foreach (var (tenant, unit, form, period) in new[]
        {
            ("t1", "u1", "2014", "2017"), ("t1", "u2", "2014", "2017Q1"), ("t1", "u2", "20144", "2017"),
            ("t2", "u3", "2014", "2017"), ("t1", "u10", "2014", "2017"), ("t1", "U1", "2014", "2017"),
        })
        {
            var first = await Append(Entries.Ledger(tenant, unit, form: form, period: period));
            await Append(Entries.Ledger(tenant, unit, first, form: form, period: period));
        }

        var read = await ReadStreamsAsync("t1", await Journal.ReadPositionAsync(None));

        Assert.Equal(
            [("U1", 1L), ("U1", 2L), ("u1", 1L), ("u1", 2L), ("u10", 1L), ("u10", 2L)],
            read.OrderBy(entry => entry.Unit, StringComparer.Ordinal).ThenBy(entry => entry.Version)
                .Select(entry => (entry.Unit, entry.Version)));
        RequireStreamByStream(read);
        var stream = Assert.Single(read, entry => entry is { Unit: "u10", Version: 2 });
        Assert.Equal(Entries.HashOf(stream), stream.Hash.ToArray());
    }

    [DatabaseFact]
    public async Task ReadStreams_ThroughAPosition_GivesWhatTheJournalHeldThen()
    {
        var heads = new Dictionary<string, StoredEntry>();
        var expected = new List<(long Through, string[] Held)>();
        for (var step = 0; step < 30; step++)
        {
            var unit = $"u{step * 7 % 5}";
            heads[unit] = await Append(Entries.Ledger("t1", unit, heads.GetValueOrDefault(unit)));
            await Append(Entries.Ledger("t2", $"u{step}"));
            expected.Add((await Journal.ReadPositionAsync(None), Held(heads.Values)));
        }

        foreach (var (through, held) in expected)
        {
            var read = await ReadStreamsAsync("t1", through);
            Assert.Equal(held, Held(read.GroupBy(entry => entry.Unit).Select(stream => stream.Last())));
        }
    }

    [DatabaseFact]
    public async Task ReadStreams_MoreThanAPage_GivesAll()
    {
        var heads = await Task.WhenAll(Enumerable.Range(0, 900).Select(n => Append(Entries.Ledger("t1", $"u{n}"))));
        await Task.WhenAll(heads.Select(head => Append(Entries.Ledger("t1", head.Unit, head))));
        var late = await Append(Entries.Ledger("t1", "u900"));

        var read = await ReadStreamsAsync("t1", late.Position - 1);

        Assert.Equal(1800, read.Count);
        RequireStreamByStream(read);
        Assert.Equal(1801, (await ReadStreamsAsync("t1", late.Position)).Count);
    }

    [DatabaseFact]
    public async Task ReadStreams_Cancelled_Throws() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var entry in Journal.ReadStreamsAsync("t1", "ledger/2014/2017/", 1, new CancellationToken(canceled: true)))
            {
                Assert.Fail($"{entry.Stream} was read.");
            }
        });

    [DatabaseFact]
    public async Task ReadPosition_EmptyAndAfterEachAppend_IsTheLastEntrys()
    {
        Assert.Equal(0, await Journal.ReadPositionAsync(None));
        foreach (var unit in new[] { "u1", "u2", "u3" })
        {
            var entry = await Append(Entries.Ledger("t1", unit));
            Assert.Equal(entry.Position, await Journal.ReadPositionAsync(None));
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Journal.ReadPositionAsync(new CancellationToken(canceled: true)));
    }

    private async Task<List<StoredEntry>> ReadStreamsAsync(string tenant, long through)
    {
        var read = new List<StoredEntry>();
        await foreach (var entry in Journal.ReadStreamsAsync(tenant, "ledger/2014/2017/", through, None))
        {
            read.Add(entry);
        }

        return read;
    }

    private static string[] Held(IEnumerable<StoredEntry> heads) =>
        [.. heads.Select(head => $"{head.Unit} {head.Version}").Order(StringComparer.Ordinal)];

    private static void RequireStreamByStream(List<StoredEntry> read)
    {
        var streams = new HashSet<string>();
        for (var i = 0; i < read.Count; i++)
        {
            var follows = i > 0 && read[i - 1].Stream == read[i].Stream;
            Assert.Equal(follows ? read[i - 1].Version + 1 : 1, read[i].Version);
            Assert.True(follows || streams.Add(read[i].Stream), $"{read[i].Stream} comes twice");
        }
    }
}
