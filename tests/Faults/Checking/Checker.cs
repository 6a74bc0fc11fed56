using Aggregation.Faults.Checking.Structure;
using Aggregation.Faults.Load;
using Aggregation.ServerKit.Clients;
using Aggregation.V1;

namespace Aggregation.Faults.Checking;

/// <summary>What the server answered for all totals of one tenant, tree and period, in the lines of <see cref="Totals"/>.</summary>
internal sealed record TotalsReading(string Tenant, string Tree, string Period, IReadOnlyList<string> Lines)
{
    public override string ToString() => $"{Tenant} {Tree} {Period}";
}

/// <summary>Holds the journal against what the clients know, and the totals against the journal.</summary>
internal sealed class Checker(Logbook logbook)
{
    /// <summary>Every fault of the journal and every total that differs; each is named once.</summary>
    public IEnumerable<Discrepancy> Check(JournalReading journal, IEnumerable<TotalsReading> totals)
    {
        var recount = new Recount(journal.Entries);
        return CheckReceipts(journal)
            .Concat(CheckRequests(journal))
            .Concat(new StructureCheck(logbook).Check(journal, recount))
            .Concat(CheckChains(journal))
            .Concat(CheckLatest(journal, recount))
            .Concat(totals.SelectMany(reading => CheckTotals(reading, recount)));
    }

    /// <summary>Every receipt's entry is there, and it is that entry.</summary>
    private IEnumerable<Discrepancy> CheckReceipts(JournalReading journal)
    {
        var kept = journal.Entries.Where(entry => entry.RequestId is not null).ToLookup(entry => new RequestKey(entry.Tenant, entry.Unit, entry.RequestId!));
        foreach (var (key, receipt) in logbook.Receipts)
        {
            if (!kept[key].Any(entry => entry.Version == receipt.Revision && Convert.ToHexStringLower(entry.Hash) == receipt.Hash))
            {
                yield return new Discrepancy(DiscrepancyKind.Lost, $"the receipt of {key}, revision {receipt.Revision}, has no entry");
            }
        }
    }

    /// <summary>Every entry is what one request asked for, and no request has two.</summary>
    private IEnumerable<Discrepancy> CheckRequests(JournalReading journal)
    {
        var seen = new HashSet<RequestKey>();
        foreach (var entry in journal.Entries)
        {
            if (!LedgerEntry.TryRead(entry, out var ledger))
            {
                continue;
            }

            var key = new RequestKey(entry.Tenant, entry.Unit, entry.RequestId ?? "");
            if (!seen.Add(key))
            {
                yield return new Discrepancy(DiscrepancyKind.Doubled, $"request {key} is in the journal again, as revision {entry.Version} of {ledger}");
            }

            if (!logbook.Sent.TryGetValue(key, out var request))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"nobody sent request {key}, revision {entry.Version} of {ledger}");
            }
            else if (request.Ledger != ledger || !IsAsSent(entry, request))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"revision {entry.Version} of {ledger} is not what request {key} asked for");
            }

            if (logbook.Refused.ContainsKey(key))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"request {key} was refused and is in the journal");
            }
        }
    }

    private static bool IsAsSent(EntryRow entry, SentRequest request)
    {
        if (request.Cells is not { } cells || entry.Kind != LedgerEntry.Submitted)
        {
            return request.IsWithdrawal && entry.Kind == LedgerEntry.Withdrawn;
        }

        var content = SubmittedPayload.Read(entry.Payload);
        return content.IsNil == (cells.Count == 0)
            && content.Cells.Count == cells.Count
            && cells.All(cell => content.Cells.TryGetValue(cell.Key, out var amount) && amount == cell.Value);
    }

    /// <summary>Versions have no gaps, each entry's hash covers it, and each carries the hash of the one before.</summary>
    private static IEnumerable<Discrepancy> CheckChains(JournalReading journal)
    {
        foreach (var stream in journal.Entries.GroupBy(entry => (entry.Tenant, entry.Stream)))
        {
            var (version, previous) = (0L, Array.Empty<byte>());
            foreach (var entry in stream)
            {
                if (entry.Version != ++version || !entry.PreviousHash.AsSpan().SequenceEqual(previous)
                    || !entry.Hash.AsSpan().SequenceEqual(Hashes.OfEntry(entry)))
                {
                    yield return new Discrepancy(DiscrepancyKind.Wrong, $"the chain of {stream.Key.Tenant} {stream.Key.Stream} breaks at version {entry.Version}");
                    break;
                }

                previous = entry.Hash;
            }
        }
    }

    /// <summary>The table "latest" says of each ledger what its entries say, and of no other.</summary>
    private static IEnumerable<Discrepancy> CheckLatest(JournalReading journal, Recount recount)
    {
        var heads = new Dictionary<LedgerName, EntryRow>();
        foreach (var entry in journal.Entries)
        {
            if (LedgerEntry.TryRead(entry, out var ledger))
            {
                heads[ledger] = entry;
            }
        }

        foreach (var row in journal.Latest)
        {
            var ledger = new LedgerName(row.Tenant, row.Period, row.Unit);
            if (!heads.Remove(ledger, out var head)
                || row.Form != Figures.Form || row.Version != head.Version || !row.Hash.AsSpan().SequenceEqual(head.Hash)
                || row.Submitted != recount.Digest(ledger, Layer.Submitted) || row.Accepted != recount.Digest(ledger, Layer.Accepted))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"what 'latest' says of {ledger} at version {row.Version} is not what its entries say");
            }
        }

        foreach (var (ledger, head) in heads)
        {
            yield return new Discrepancy(DiscrepancyKind.Wrong, $"'latest' says nothing of {ledger}, which is at version {head.Version}");
        }
    }

    private static IEnumerable<Discrepancy> CheckTotals(TotalsReading totals, Recount recount)
    {
        var expected = recount.Lines(totals.Tenant, totals.Tree, totals.Period);
        if (expected.Count != totals.Lines.Count)
        {
            yield return new Discrepancy(DiscrepancyKind.Wrong, $"{totals} has {totals.Lines.Count} totals, not {expected.Count}");
            yield break;
        }

        foreach (var (should, actual) in expected.Zip(totals.Lines))
        {
            if (should != actual)
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"a total of {totals} is\n    {actual}\n  and should be\n    {should}");
            }
        }
    }
}
