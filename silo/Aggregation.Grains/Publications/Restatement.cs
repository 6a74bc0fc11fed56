using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Publications;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Publications;

/// <summary>Compares a publication with the journal at its present end, in one pass over the form and period.</summary>
internal static class Restatement
{
    public static async Task<RestatementView> MakeAsync(
        LedgerFrame frame, Publication publication, RestatementQuery query, AsOfReader history, CancellationToken cancellation)
    {
        var point = await history.NowAsync(cancellation);
        var current = await history.EmptyAsync(frame, publication.View.Query, point, cancellation);
        var units = publication.Members.Keys.Union(current.Units, StringComparer.Ordinal).ToArray();
        var changed = new SortedDictionary<string, ChangedSubmission>(StringComparer.Ordinal);
        await foreach (var stream in LedgerStream.ReadAsync(history.Journal, frame.Key, point, units, cancellation))
        {
            var then = publication.Members.GetValueOrDefault(stream.Unit);
            var now = current.Add(stream.Unit, stream.Version, stream.Counting)?.Revision ?? 0;
            if (then != now)
            {
                changed.Add(stream.Unit, new ChangedSubmission(
                    stream.Unit, current.NameOf(stream.Unit), Counted(stream.Entries, then), Counted(stream.Entries, now)));
            }
        }

        return new RestatementView
        {
            Publication = publication.View,
            Published = publication.ToTotal(frame),
            Current = current.ToTotal(point.ToPoint()),
            Cells = publication.Against(frame, current.Sum().Totals),
            ChangedSubmissions = changed.Count,
            Submissions =
            [
                .. changed.Values
                    .Where(change => string.CompareOrdinal(change.Unit, query.AfterUnit) > 0)
                    .Take(query.Limit),
            ],
        };
    }

    /// <param name="revision">0: none counts.</param>
    private static CountedSubmission? Counted(IReadOnlyList<StoredEntry> entries, long revision)
    {
        var entry = entries.FirstOrDefault(entry => entry.Version == revision);
        return entry is null ? null : new CountedSubmission(
            new SubmissionSource(entry.Version, entry.Actor, entry.At), Convert.ToHexStringLower(entry.Hash.Span));
    }
}
