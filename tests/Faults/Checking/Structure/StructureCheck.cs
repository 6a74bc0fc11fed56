using Aggregation.Faults.Load;
using Aggregation.TestKit.Oracles;

namespace Aggregation.Faults.Checking.Structure;

/// <summary>Holds the changes of structures that the journal has against those that were asked for.</summary>
internal sealed class StructureCheck(Logbook logbook)
{
    public IEnumerable<Discrepancy> Check(JournalReading journal, Recount recount)
    {
        var kept = new HashSet<SentChanges>();
        var versions = new HashSet<(string, long)>();
        foreach (var entry in journal.Entries.Where(static entry => entry.Kind == StructureEntry.Restructured))
        {
            var (lines, version) = StructureEntry.ReadChanges(entry.Payload);
            var changes = new SentChanges(entry.Tenant, version, lines);
            kept.Add(changes);
            if (!versions.Add((entry.Tenant, version)))
            {
                yield return new Discrepancy(DiscrepancyKind.Doubled, $"{entry.Tenant} structure {version} was changed twice, the second time by entry {entry.Version}");
            }

            if (!logbook.Changes.TryGetValue(changes, out var outcome))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"nobody asked for {changes}, which is in the journal");
            }
            else if (outcome == ChangesOutcome.Refused)
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"{changes} was refused and is in the journal");
            }
        }

        foreach (var (changes, outcome) in logbook.Changes)
        {
            if (outcome == ChangesOutcome.Applied && !kept.Contains(changes))
            {
                yield return new Discrepancy(DiscrepancyKind.Lost, $"{changes} was applied and has no entry");
            }
        }

        // A unit that has left a tree does not come back, so what was said of it then is true now.
        foreach (var (ledger, status) in logbook.Gone)
        {
            if (recount.Tree(ledger.Tenant, TenantTrees.Territory, ledger.Period).Has(ledger.Unit))
            {
                yield return new Discrepancy(DiscrepancyKind.Wrong, $"{ledger} was said not to be there ({status}), and is");
            }
        }
    }
}
