using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

/// <summary>What every journal must do, whatever database it is on. Derive one class per database.</summary>
public abstract partial class JournalSuite : IAsyncLifetime
{
    /// <summary>The journal under test, on an empty database of its own.</summary>
    protected IJournal Journal { get; private set; } = null!;

    protected static CancellationToken None => CancellationToken.None;

    /// <summary>Opens the test's database, which is empty the first time.</summary>
    protected abstract Task<IJournal> OpenAsync();

    protected abstract Task CloseAsync(IJournal journal);

    /// <summary>Personal data beside the journal under test.</summary>
    protected abstract IPersonalData Personal { get; }

    public async Task InitializeAsync() => Journal = await OpenAsync();

    public Task DisposeAsync() => CloseAsync(Journal);

    protected async Task ReopenAsync()
    {
        await CloseAsync(Journal);
        Journal = await OpenAsync();
    }

    private protected async Task<StoredEntry> Append(NewEntry entry)
    {
        var outcome = await Journal.AppendAsync(entry);
        Assert.Equal(AppendResult.Appended, outcome.Result);
        return outcome.Entry;
    }

    [DatabaseFact]
    public async Task Append_AnEntry_IsReadBackAsWritten()
    {
        var entry = Entries.Ledger("t1", "u1", request: "r1", content: "数字 \0 \u2028");
        var stored = await Append(entry);
        await ReopenAsync();

        var read = Assert.Single(await Journal.ReadStreamAsync("t1", entry.Stream, 0, None));
        Assert.Equal(
            (stored.Position, "t1", entry.Stream, 1L, "submitted", Entries.At, "0123456789ab", "u1", "r1"),
            (read.Position, read.Tenant, read.Stream, read.Version, read.Kind, read.At, read.Actor, read.Unit, read.RequestId));
        Assert.Equal(entry.RequestHash.ToArray(), read.RequestHash.ToArray());
        Assert.Equal(entry.Payload.ToArray(), read.Payload.ToArray());
        Assert.Empty(read.PreviousHash.ToArray());
        Assert.Equal(entry.Hash.ToArray(), read.Hash.ToArray());
    }

    [DatabaseFact]
    public async Task Append_WithoutUnitRequestOrPayload_IsReadBackAsWritten()
    {
        var entry = Entries.Sealed(new NewEntry
        {
            Tenant = "t1",
            Stream = "tenant",
            Version = 1,
            Kind = "",
            At = Entries.At,
            Actor = "",
            Payload = default,
            PreviousHash = default,
        });
        await Append(entry);

        var read = Assert.Single(await Journal.ReadStreamAsync("t1", "tenant", 0, None));
        Assert.Equal(("", "", "", null), (read.Kind, read.Actor, read.Unit, read.RequestId));
        Assert.Empty(read.RequestHash.ToArray());
        Assert.Empty(read.Payload.ToArray());
    }

    [DatabaseFact]
    public async Task Append_ALargePayloadAndLongNames_IsReadBackAsWritten()
    {
        var payload = new byte[1_000_000];
        new Random(1).NextBytes(payload);
        var stream = new string('流', 400);
        await Append(Entries.Sealed(Entries.Ledger("t1", "u1") with { Stream = stream, Payload = payload, Latest = null }));
        Assert.Equal(payload, Assert.Single(await Journal.ReadStreamAsync("t1", stream, 0, None)).Payload.ToArray());
    }

    [DatabaseFact]
    public async Task Append_SameRequestAgain_GivesTheFirstEntry()
    {
        var first = await Append(Entries.Ledger("t1", "u1", request: "r1"));
        var second = await Append(Entries.Ledger("t1", "u1", first, "r2"));

        var again = await Journal.AppendAsync(Entries.Ledger("t1", "u1", second, "r1"));
        var sameEntry = await Journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));

        Assert.Equal((AppendResult.Repeated, first.Position), (again.Result, again.Entry.Position));
        Assert.Equal((AppendResult.Repeated, first.Position), (sameEntry.Result, sameEntry.Entry.Position));
        Assert.Equal(2, (await Journal.ReadStreamAsync("t1", first.Stream, 0, None)).Count);
    }

    [DatabaseFact]
    public async Task Append_RequestIdForOtherContent_IsRefusedWithTheFirstEntry()
    {
        var first = await Append(Entries.Ledger("t1", "u1", request: "r1"));
        var reused = await Journal.AppendAsync(Entries.Ledger("t1", "u1", first, "r1", "other"));
        Assert.Equal((AppendResult.RequestIdReused, first.Position), (reused.Result, reused.Entry.Position));
    }

    [DatabaseFact]
    public async Task Append_SameRequestIdAtAnotherUnitOrTenant_IsAnotherRequest()
    {
        await Append(Entries.Ledger("t1", "u1", request: "r1"));
        await Append(Entries.Ledger("t1", "u2", request: "r1"));
        await Append(Entries.Ledger("t2", "u1", request: "r1"));
    }

    [DatabaseFact]
    public async Task Append_RequestIdInAnotherStreamOfTheUnit_IsTheSameRequest()
    {
        var first = await Append(Entries.Ledger("t1", "u1", request: "r1"));
        var other = await Journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1", period: "2018"));
        Assert.Equal((AppendResult.Repeated, first.Position), (other.Result, other.Entry.Position));
        Assert.Empty(await Journal.ReadStreamAsync("t1", Entries.Stream("u1", period: "2018"), 0, None));
    }

    [DatabaseFact]
    public async Task Append_VersionThatIsNotTheNext_IsRefusedWithTheHead()
    {
        var first = await Append(Entries.Ledger("t1", "u1", content: "1"));
        var second = await Append(Entries.Ledger("t1", "u1", first, content: "2"));

        foreach (var version in new long[] { 1, 2, 4, 9 })
        {
            var entry = Entries.Sealed(Entries.Ledger("t1", "u1", content: "late") with
            {
                Version = version,
                PreviousHash = version == 1 ? default : second.Hash,
                Latest = null,
            });
            var outcome = await Journal.AppendAsync(entry);
            Assert.Equal((AppendResult.VersionTaken, 2L), (outcome.Result, outcome.Entry.Version));
            Assert.Equal(second.Hash.ToArray(), outcome.Entry.Hash.ToArray());
        }
    }

    [DatabaseFact]
    public async Task Append_PreviousHashOfAnotherHistory_IsRefusedWithTheHead()
    {
        var first = await Append(Entries.Ledger("t1", "u1", content: "1"));
        var elsewhere = await Append(Entries.Ledger("t1", "u2", content: "1"));
        var outcome = await Journal.AppendAsync(Entries.Ledger("t1", "u1", elsewhere));
        Assert.Equal((AppendResult.VersionTaken, first.Position), (outcome.Result, outcome.Entry.Position));
    }

    [DatabaseFact]
    public async Task Append_ARefusedEntry_LeavesLatestAsItWas()
    {
        var first = await Append(Entries.Ledger("t1", "u1", request: "r1", content: "1"));
        await Journal.AppendAsync(Entries.Ledger("t1", "u1", content: "2"));
        await Journal.AppendAsync(Entries.Ledger("t1", "u1", first, "r1", "3"));

        var row = Assert.Single(await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], None));
        Assert.Equal((1L, Entries.Digest("1", 's')), (row.Version, row.SubmittedDigest));
    }

    [DatabaseFact]
    public async Task Append_SecondVersionOfAnEmptyStream_Throws()
    {
        var other = await Append(Entries.Ledger("t1", "u1"));
        var error = await Assert.ThrowsAsync<ArgumentException>(() => Journal.AppendAsync(Entries.Ledger("t1", "u2", other)));
        Assert.Contains("'ledger/2014/2017/u2'", error.Message, StringComparison.Ordinal);
    }

    [DatabaseFact]
    public async Task Append_NotWellFormed_Throws()
    {
        var good = Entries.Ledger("t1", "u1");
        NewEntry[] bad =
        [
            good with { Version = 0 },
            good with { Hash = new byte[32] },
            good with { Payload = new byte[1] },
            Entries.Sealed(good with { PreviousHash = new byte[32] }),
            Entries.Sealed(good with { Version = 2 }),
            good with { Latest = good.Latest! with { Version = 2 } },
            good with { Latest = good.Latest! with { Hash = new byte[32] } },
            Entries.Sealed(good with { RequestId = "zero \0" }),
            Entries.Sealed(good with { Actor = "half \uD800" }),
            Entries.Sealed(good with { Stream = new string('s', 401) }),
        ];
        foreach (var entry in bad)
        {
            await Assert.ThrowsAsync<ArgumentException>("entry", () => Journal.AppendAsync(entry));
        }
    }

    [DatabaseFact]
    public async Task Append_ManyAtOnceWithConflicts_RefusesTheConflictsAlone()
    {
        var taken = await Append(Entries.Ledger("t1", "taken", request: "r"));
        var twice = Entries.Ledger("t1", "twice", request: "r");
        var appends = Enumerable.Range(0, 50).Select(i => Entries.Ledger("t1", $"u{i}", request: "r"))
            .Append(Entries.Ledger("t1", "taken", content: "late"))
            .Append(Entries.Ledger("t1", "taken", taken, "r", "other"))
            .Append(twice).Append(twice)
            .Select(Journal.AppendAsync).ToArray();

        var outcomes = await Task.WhenAll(appends);

        Assert.All(outcomes[..50], outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        Assert.Equal(AppendResult.VersionTaken, outcomes[50].Result);
        Assert.Equal(AppendResult.RequestIdReused, outcomes[51].Result);
        Assert.Equal([AppendResult.Appended, AppendResult.Repeated], outcomes[52..].Select(outcome => outcome.Result).Order());
        Assert.Equal(52, (await Journal.ScanDigestsAsync("t1", "2014", "2017", None)).Count);
    }

    [DatabaseFact]
    public async Task ReadStream_AfterAVersion_GivesTheRestInOrder()
    {
        StoredEntry? head = null;
        for (var i = 0; i < 12; i++)
        {
            head = await Append(Entries.Ledger("t1", "u1", head, content: $"{i}"));
        }

        var stream = await Journal.ReadStreamAsync("t1", head!.Stream, 0, None);
        Entries.AssertChained(stream);
        Assert.Equal(12, stream.Count);
        Assert.Equal([11L, 12L], (await Journal.ReadStreamAsync("t1", head.Stream, 10, None)).Select(entry => entry.Version));
        Assert.Empty(await Journal.ReadStreamAsync("t1", head.Stream, 12, None));
    }

    [DatabaseFact]
    public async Task FindRequest_KnownAndUnknown_GivesTheEntryOrNull()
    {
        var entry = await Append(Entries.Ledger("t1", "u1", request: "r1"));
        Assert.Equal(entry.Position, (await Journal.FindRequestAsync("t1", "u1", "r1", None))?.Position);
        Assert.Null(await Journal.FindRequestAsync("t1", "u1", "r2", None));
        Assert.Null(await Journal.FindRequestAsync("t1", "u2", "r1", None));
        Assert.Null(await Journal.FindRequestAsync("t2", "u1", "r1", None));
    }

    [DatabaseFact]
    public async Task ReadLatest_OfUnits_GivesTheirLastRowsAndLeavesOutTheSilent()
    {
        var first = await Append(Entries.Ledger("t1", "u1", content: "1"));
        await Append(Entries.Ledger("t1", "u1", first, content: "2"));
        await Append(Entries.Ledger("t1", "u2", content: "3"));
        await Append(Entries.Ledger("t1", "u2", content: "4", period: "2018"));

        var rows = await Journal.ReadLatestAsync("t1", "2014", "2017", ["u1", "silent", "u2"], None);

        Assert.Equal(
            [("u1", 2L, Entries.Digest("2", 's'), Entries.Digest("2", 'a')), ("u2", 1L, Entries.Digest("3", 's'), Entries.Digest("3", 'a'))],
            rows.OrderBy(row => row.Unit).Select(row => (row.Unit, row.Version, row.SubmittedDigest, row.AcceptedDigest)));
        Assert.All(rows, row => Assert.Equal(("2014", "2017"), (row.Form, row.Period)));
        Assert.Equal("state of 2"u8.ToArray(), rows.Single(row => row.Unit == "u1").State.ToArray());
        Assert.Empty(await Journal.ReadLatestAsync("t1", "2014", "2017", [], None));
    }

    [DatabaseFact]
    public async Task ReadLatest_OfPeriods_GivesEachPeriodsRow()
    {
        foreach (var period in new[] { "2017Q1", "2017Q2", "2017Q4" })
        {
            await Append(Entries.Ledger("t1", "u1", content: period, period: period));
        }

        var rows = await Journal.ReadLatestAsync("t1", "2014", ["2017Q1", "2017Q2", "2017Q3"], "u1", None);
        Assert.Equal(["2017Q1", "2017Q2"], rows.Select(row => row.Period).Order());
    }

    [DatabaseFact]
    public async Task ScanDigests_ExtremeValues_AreExact()
    {
        UInt128[] values = [0, 1, uint.MaxValue, ulong.MaxValue, (UInt128)ulong.MaxValue + 1, UInt128.MaxValue];
        for (var i = 0; i < values.Length; i++)
        {
            var entry = Entries.Ledger("t1", $"u{i}");
            await Append(entry with
            {
                Latest = entry.Latest! with { SubmittedDigest = values[i], AcceptedDigest = UInt128.MaxValue - values[i] },
            });
        }

        var digests = await Journal.ScanDigestsAsync("t1", "2014", "2017", None);
        Assert.Equal(
            values.Select((value, i) => new LatestDigest($"u{i}", 1, value, UInt128.MaxValue - value)),
            digests.OrderBy(digest => digest.Unit));
    }

    [DatabaseFact]
    public async Task EveryRead_OfAnotherTenant_GivesNothing()
    {
        var entry = await Append(Entries.Ledger("t1", "u1", request: "r1"));
        Assert.Empty(await Journal.ReadStreamAsync("t2", entry.Stream, 0, None));
        Assert.Empty(await Journal.ReadLatestAsync("t2", "2014", "2017", ["u1"], None));
        Assert.Empty(await Journal.ReadLatestAsync("t2", "2014", ["2017"], "u1", None));
        Assert.Empty(await Journal.ScanDigestsAsync("t2", "2014", "2017", None));
        Assert.Null(await Journal.FindRequestAsync("t2", "u1", "r1", None));
    }

    [DatabaseFact]
    public async Task EveryRead_Cancelled_Throws()
    {
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.ReadStreamAsync("t1", "s", 0, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.ReadLatestAsync("t1", "f", "p", ["u1"], cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.ReadLatestAsync("t1", "f", ["p"], "u1", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.ScanDigestsAsync("t1", "f", "p", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.FindRequestAsync("t1", "u1", "r1", cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Journal.FindSupersededAsync([], cancelled));
    }

    [DatabaseFact]
    public async Task TakeEpoch_ManyAtOnceAndAfterReopening_NeverRepeats()
    {
        var before = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Journal.TakeEpochAsync(Entries.Name("t1", $"u{n % 3}"))));
        await ReopenAsync();
        var after = await Journal.TakeEpochAsync(Entries.Name("t1", "u1"));
        Assert.Equal(40, before.Distinct().Count());
        Assert.True(after > before.Max(), $"{after} is not greater than {before.Max()}");
    }

    [DatabaseFact]
    public async Task FindSuperseded_LaterEpochOrVersion_GivesWhatTheJournalKnows()
    {
        var one = Entries.Name("t1", "u1");
        var two = Entries.Name("t1", "u2");
        var silent = Entries.Name("t1", "silent");
        var first = await Journal.TakeEpochAsync(one);
        var other = await Journal.TakeEpochAsync(two);
        var second = await Journal.TakeEpochAsync(one);
        await Append(Entries.Ledger("t1", "u2"));
        await ReopenAsync();

        var found = await Journal.FindSupersededAsync(
            [new LedgerHead(one, first, 0), new LedgerHead(two, other, 0), new LedgerHead(silent, 0, 0)], None);

        Assert.Equal(
            [new LedgerHead(one, second, 0), new LedgerHead(two, other, 1)], found.OrderBy(head => head.Ledger.Unit));
        Assert.Empty(await Journal.FindSupersededAsync([new LedgerHead(one, second, 0), new LedgerHead(two, other, 1)], None));
        Assert.Empty(await Journal.FindSupersededAsync([], None));
    }

    [DatabaseFact]
    public async Task FindSuperseded_OtherTenantFormPeriodOrUnit_IsAnotherLedger()
    {
        var held = new LedgerHead(Entries.Name("t1", "u1"), await Journal.TakeEpochAsync(Entries.Name("t1", "u1")), 0);
        LedgerName[] others =
        [
            held.Ledger with { Tenant = "t2" }, held.Ledger with { Form = "2015" },
            held.Ledger with { Period = "2018" }, held.Ledger with { Unit = "u2" },
        ];
        foreach (var other in others)
        {
            await Journal.TakeEpochAsync(other);
        }

        Assert.Empty(await Journal.FindSupersededAsync([held], None));
    }

    [DatabaseFact]
    public async Task Position_OfLaterEntries_Grows()
    {
        var first = await Append(Entries.Ledger("t1", "u1"));
        var second = await Append(Entries.Ledger("t2", "u9"));
        await ReopenAsync();
        var third = await Append(Entries.Ledger("t1", "u1", first));
        Assert.True(first.Position < second.Position && second.Position < third.Position);
    }
}
