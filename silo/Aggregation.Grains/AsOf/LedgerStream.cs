using System.Runtime.CompilerServices;
using Aggregation.Contracts;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.AsOf;

/// <summary>One unit's entries as they were at a point, in order; at least one.</summary>
internal sealed record LedgerStream(string Unit, IReadOnlyList<StoredEntry> Entries)
{
    /// <summary>So few units are read one by one; more by one pass over the period.</summary>
    private const int Few = 64;

    public long Version => Entries[^1].Version;

    /// <summary>What the unit counted at the point.</summary>
    public OwnFigures Counting => Entries.Aggregate(OwnFigures.None, (counting, entry) => counting.After(entry));

    /// <summary>The streams of a form and period at a point, one in memory at a time.</summary>
    /// <param name="ledger">Any ledger of the tenant, form and period.</param>
    /// <param name="units">Only these; null: all that ever filed.</param>
    public static IAsyncEnumerable<LedgerStream> ReadAsync(
        IJournal journal, LedgerKey ledger, JournalPoint point, IReadOnlyCollection<string>? units, CancellationToken cancellation) =>
        units is { Count: <= Few }
            ? ReadFewAsync(journal, ledger, point, units, cancellation)
            : ReadAllAsync(journal, ledger, point, units?.ToHashSet(StringComparer.Ordinal), cancellation);

    private static async IAsyncEnumerable<LedgerStream> ReadFewAsync(
        IJournal journal, LedgerKey ledger, JournalPoint point, IReadOnlyCollection<string> units,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var unit in units)
        {
            var entries = await journal.ReadStreamAsync(ledger.Tenant, ledger.At(unit).Stream, 0, cancellation);
            if (Cut(unit, entries, point) is { } stream)
            {
                yield return stream;
            }
        }
    }

    private static async IAsyncEnumerable<LedgerStream> ReadAllAsync(
        IJournal journal, LedgerKey ledger, JournalPoint point, HashSet<string>? units,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var entries = new List<StoredEntry>();
        await foreach (var entry in journal.ReadStreamsAsync(ledger.Tenant, ledger.At("").Stream, point.Through, cancellation))
        {
            if (entries.Count > 0 && entries[0].Stream != entry.Stream)
            {
                if (Cut(entries[0].Unit, entries, point) is { } stream)
                {
                    yield return stream;
                }

                entries = [];
            }

            if (units is null || units.Contains(entry.Unit))
            {
                entries.Add(entry);
            }
        }

        if (Cut(entries.Count > 0 ? entries[0].Unit : "", entries, point) is { } last)
        {
            yield return last;
        }
    }

    private static LedgerStream? Cut(string unit, IReadOnlyList<StoredEntry> entries, JournalPoint point)
    {
        var length = point.LengthOf(entries);
        return length == 0 ? null : new LedgerStream(unit, length == entries.Count ? entries : [.. entries.Take(length)]);
    }
}
