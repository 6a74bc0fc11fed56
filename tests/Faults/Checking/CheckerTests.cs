using System.Globalization;
using Aggregation.Faults.Checking.Structure;
using Aggregation.Faults.Load;
using Aggregation.TestKit.Oracles;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Faults.Checking;

/// <summary>Shows that a run would not miss what it looks for: each test makes one thing wrong, and it is found.</summary>
public sealed class CheckerTests(RecordedRun run) : IClassFixture<RecordedRun>
{
    private string LastEntry => string.Create(CultureInfo.InvariantCulture, $"position = {LastSubmitted().Position}");

    [Fact]
    public void Check_OfWhatHappened_FindsNothing()
    {
        Assert.True(run.Logbook.Receipts.Count >= 100);
        Assert.Contains(run.Journal.Entries, static entry => entry.Kind == LedgerEntry.Withdrawn);
        Assert.NotEmpty(run.Logbook.Refused);
        Assert.Contains(ChangesOutcome.Applied, run.Logbook.Changes.Values);
        Assert.Equal(8, run.Totals.Count);
        Assert.Empty(Check(run.Journal));
        Assert.Empty(run.Contradictions);
    }

    [Fact]
    public async Task Check_EntryRemoved_FindsTheReceiptLost()
    {
        var found = Check(await run.AfterAsync($"DELETE FROM entry WHERE {LastEntry}"));
        var last = LastSubmitted();
        var lost = Assert.Single(found, static discrepancy => discrepancy.Kind == DiscrepancyKind.Lost);
        Assert.Equal($"the receipt of {last.Tenant} {last.Unit} {last.RequestId}, revision {last.Version}, has no entry", lost.What);
    }

    [Fact]
    public async Task Check_EntryRemovedFromTheMiddle_FindsTheChainBroken()
    {
        var found = Check(await run.AfterAsync(
            """
            DELETE FROM entry WHERE position = (
                SELECT min(one.position) FROM entry one JOIN entry two ON two.tenant = one.tenant AND two.stream = one.stream AND two.version = 2
                WHERE one.kind = 'submitted' AND one.version = 1)
            """));
        Assert.Single(found, static discrepancy => discrepancy.Kind == DiscrepancyKind.Lost);
        Assert.Single(found, static discrepancy => discrepancy.What.StartsWith("the chain of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_FigureChanged_FindsChainContentAndTotals()
    {
        // The last byte of a payload without findings is the form's hash, so that figures stay readable.
        var found = Check(await run.AfterAsync(
            $"UPDATE entry SET payload = CAST(substr(payload, 1, length(payload) - 1) || 'x' AS BLOB) WHERE {LastEntry}"));
        Assert.Single(found, static discrepancy => discrepancy.What.StartsWith("the chain of ", StringComparison.Ordinal));
        Assert.Contains(found, static discrepancy => discrepancy.What.StartsWith("a total of ", StringComparison.Ordinal));
        Assert.Contains(found, static discrepancy => discrepancy.What.StartsWith("what 'latest' says of ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ReceiptOfAnotherHash_IsLost()
    {
        var found = Check(await run.AfterAsync($"UPDATE entry SET hash = zeroblob(32) WHERE {LastEntry}"));
        Assert.Single(found, static discrepancy => discrepancy.Kind == DiscrepancyKind.Lost);
    }

    [Fact]
    public async Task Check_LatestChanged_FindsTheRow()
    {
        var found = Check(await run.AfterAsync(
            "UPDATE latest SET a2 = a2 + 1 WHERE (tenant, period, unit) IN (SELECT tenant, period, unit FROM latest LIMIT 1)"));
        Assert.StartsWith("what 'latest' says of ", Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_LatestRowRemoved_FindsItMissing()
    {
        var found = Check(await run.AfterAsync(
            "DELETE FROM latest WHERE (tenant, period, unit) IN (SELECT tenant, period, unit FROM latest LIMIT 1)"));
        Assert.StartsWith("'latest' says nothing of ", Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_RequestAppliedTwice_IsDoubled()
    {
        var last = LastSubmitted();
        var again = last with { Version = last.Version + 1, PreviousHash = last.Hash };
        again = again with { Hash = Hashes.OfEntry(again) };
        var found = Check(run.Journal with { Entries = [.. run.Journal.Entries, again] });
        var doubled = Assert.Single(found, static discrepancy => discrepancy.Kind == DiscrepancyKind.Doubled);
        Assert.StartsWith($"request {last.Tenant} {last.Unit} {last.RequestId} is in the journal again", doubled.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_EntryThatNobodySent_IsWrong()
    {
        var last = LastSubmitted();
        var other = last with { Version = last.Version + 1, PreviousHash = last.Hash, RequestId = "nobody" };
        other = other with { Hash = Hashes.OfEntry(other) };
        var found = Check(run.Journal with { Entries = [.. run.Journal.Entries, other] });
        Assert.Single(found, static discrepancy => discrepancy.What.StartsWith("nobody sent request ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("territory", "\"submitted\": 1", "\"submitted\": 2")]
    [InlineData("territory", "=", "=1")]
    [InlineData("territory", " } 0", " } 1")]
    [InlineData("education", "\"submitted\": 1", "\"submitted\": 2")]
    [InlineData("education", "Unit ", "Other ")]
    public void Check_OneTotalChanged_FindsThatOne(string tree, string part, string otherwise)
    {
        var reading = run.Totals.First(reading => reading.Tree == tree && reading.Lines.Any(line => line.Contains(part, StringComparison.Ordinal)));
        var changed = reading.Lines.ToList();
        var index = changed.FindIndex(line => line.Contains(part, StringComparison.Ordinal));
        var position = changed[index].IndexOf(part, StringComparison.Ordinal);
        changed[index] = $"{changed[index][..position]}{otherwise}{changed[index][(position + part.Length)..]}";
        var found = Check(run.Journal, run.Totals.Select(other => other == reading ? reading with { Lines = changed } : other));
        Assert.StartsWith("a total of ", Assert.Single(found).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MovedBranchStillUnderItsOldParent_FindsItCountedTwice()
    {
        Assert.All(CheckWithoutTheMoveAt(run.Moved.Before), discrepancy => Assert.Contains($"\n    {run.Moved.Before} ", discrepancy.What, StringComparison.Ordinal));
    }

    [Fact]
    public void Check_MovedBranchNotUnderItsNewParent_FindsItMissing()
    {
        Assert.All(CheckWithoutTheMoveAt(run.Moved.After), discrepancy => Assert.Contains($"\n    {run.Moved.After} ", discrepancy.What, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Check_ChangeOfTheStructureRemoved_IsLost()
    {
        var found = Check(await run.AfterAsync(
            "DELETE FROM entry WHERE position = (SELECT max(position) FROM entry WHERE kind = 'units-restructured')"));
        var lost = Assert.Single(found, static discrepancy => discrepancy.Kind == DiscrepancyKind.Lost);
        Assert.Contains(run.Moved.Unit, lost.What, StringComparison.Ordinal);
        Assert.Contains(found, static discrepancy => discrepancy.What.StartsWith("a total of ", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_ChangeOfTheStructureAppliedTwice_IsDoubled()
    {
        var doubled = Assert.Single(Check(After(static last => last)), static discrepancy => discrepancy.Kind == DiscrepancyKind.Doubled);
        Assert.StartsWith($"{run.Moved.Tenant} structure ", doubled.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ChangeOfTheStructureThatNobodyAskedFor_IsWrong()
    {
        // Field 2, the structure's number, once more: the last one holds.
        var found = Check(After(static last => last with { Payload = [.. last.Payload, 16, 99] }));
        Assert.Single(found, static discrepancy => discrepancy.What.StartsWith("nobody asked for ", StringComparison.Ordinal));
    }

    [Fact]
    public void Check_UnitSaidToBeGoneThatStands_IsWrong()
    {
        var ledger = new LedgerName(run.Moved.Tenant, "2017", run.Moved.Unit);
        run.Logbook.Gone[ledger] = StatusCode.NotFound;
        var found = Check(run.Journal);
        run.Logbook.Gone.Remove(ledger, out _);
        Assert.Equal($"{ledger} was said not to be there (NotFound), and is", Assert.Single(found).What);
    }

    [Fact]
    public void Check_TotalMissing_IsFound()
    {
        var found = Check(run.Journal, run.Totals.Select(static reading => reading with { Lines = [.. reading.Lines.Skip(1)] }));
        Assert.Equal(run.Totals.Count, found.Count);
    }

    [Fact]
    public void Receive_TwoReceiptsForOneRequest_IsDoubled()
    {
        var contradictions = new List<Discrepancy>();
        var logbook = new Logbook(contradictions.Add);
        var request = new SentRequest(new LedgerName("east", "2017", "610000"), "a", new Dictionary<string, long>(), null);
        var receipt = new Receipt { Unit = "610000", Period = "2017", RequestId = "a", Revision = 1, Hash = "00" };
        logbook.Receive(request, receipt);
        logbook.Receive(request, receipt.Clone());
        Assert.Empty(contradictions);
        logbook.Receive(request, new Receipt(receipt) { Revision = 2 });
        Assert.Equal(DiscrepancyKind.Doubled, Assert.Single(contradictions).Kind);
    }

    [Fact]
    public void Receive_AfterARefusal_IsWrong()
    {
        var contradictions = new List<Discrepancy>();
        var logbook = new Logbook(contradictions.Add);
        var request = new SentRequest(new LedgerName("east", "2017", "610000"), "a", null, null);
        logbook.Refuse(request, StatusCode.FailedPrecondition);
        logbook.Receive(request, new Receipt { Unit = "610000", Period = "2017", RequestId = "a", Revision = 1, Hash = "00" });
        Assert.Equal(DiscrepancyKind.Wrong, Assert.Single(contradictions).Kind);
    }

    /// <summary>The last report that counts: it was not withdrawn, and its unit has not left the territory meanwhile.</summary>
    private EntryRow LastSubmitted()
    {
        var recount = new Recount(run.Journal.Entries);
        return run.Journal.Entries.GroupBy(static entry => (entry.Tenant, entry.Stream)).Select(static stream => stream.Last())
            .Where(entry => entry.Kind == LedgerEntry.Submitted && LedgerEntry.TryRead(entry, out var ledger)
                && recount.Tree(ledger.Tenant, TenantTrees.Territory, ledger.Period).Has(ledger.Unit))
            .MaxBy(static entry => entry.Position)!;
    }

    private EntryRow LastChange() => run.Journal.Entries.Where(static entry => entry.Kind == StructureEntry.Restructured).MaxBy(static entry => entry.Position)!;

    /// <summary>The journal with one more entry after the last change of a structure.</summary>
    private JournalReading After(Func<EntryRow, EntryRow> make)
    {
        var last = LastChange();
        var again = make(last with { Version = last.Version + 1, PreviousHash = last.Hash });
        again = again with { Hash = Hashes.OfEntry(again) };
        return run.Journal with { Entries = [.. run.Journal.Entries, again] };
    }

    /// <summary>Checks totals that are right, but one unit's, which are as if the last move had not been.</summary>
    private List<Discrepancy> CheckWithoutTheMoveAt(string unit)
    {
        var last = LastChange();
        var before = new Recount(run.Journal.Entries.Where(entry => entry != last));
        var found = Check(run.Journal, run.Totals.Select(reading => reading.Tenant != run.Moved.Tenant ? reading : reading with
        {
            Lines = [.. reading.Lines.Where(line => !IsOf(line)).Concat(before.Lines(reading.Tenant, reading.Tree, reading.Period).Where(IsOf)).Order(StringComparer.Ordinal)],
        }));
        Assert.NotEmpty(found);
        return found;

        bool IsOf(string line) => line.StartsWith(unit + " ", StringComparison.Ordinal);
    }

    private List<Discrepancy> Check(JournalReading journal, IEnumerable<TotalsReading>? totals = null) =>
        [.. new Checker(run.Logbook).Check(journal, totals ?? run.Totals)];
}
