using System.Collections.Immutable;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Reports;
using Aggregation.Grains.AsOf;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Publications;

/// <summary>What has become of an accepted completion, by the journal's present end.</summary>
/// <param name="Total">The total that was accepted, as it is now.</param>
/// <param name="Unlocked">Units that it counts whose report has not been locked since, nor was then; none unless acceptance locks.</param>
internal sealed record CompletionNow(FoldedTotal Total, ImmutableArray<string> Unlocked)
{
    /// <summary>Reads the form and period once, as any total of the past does.</summary>
    /// <exception cref="Contracts.RefusedException">The tree does not have the unit any more.</exception>
    public static async Task<CompletionNow> ReadAsync(
        LedgerFrame frame, PublicationView accepted, AsOfReader history, CancellationToken cancellation)
    {
        var point = await history.NowAsync(cancellation);
        var total = await history.EmptyAsync(frame, accepted.Query, point, cancellation);
        var unlocked = new SortedSet<string>(accepted.Completion!.IsLocking ? total.Units : [], StringComparer.Ordinal);
        await foreach (var stream in LedgerStream.ReadAsync(history.Journal, frame.Key, point, total.Units, cancellation))
        {
            total.Add(stream.Unit, stream.Version, stream.Counting);
            if (WasLocked(stream, accepted.Completion.Decision!.At))
            {
                unlocked.Remove(stream.Unit);
            }
        }

        return new CompletionNow(total, [.. unlocked]);
    }

    /// <summary>The publication with its completion as it reads now.</summary>
    /// <param name="isReadable">The caller may see figures.</param>
    public PublicationView Show(LedgerFrame frame, Publication accepted, bool isReadable)
    {
        var sum = Total.Sum();
        var (view, differs) = (accepted.View, sum.Digest.ToString() != accepted.View.Digest);
        return view with
        {
            Completion = view.Completion! with
            {
                State = Unlocked.Length > 0 ? CompletionState.Accepting : differs ? CompletionState.DiffersSince : CompletionState.Accepted,
                Unlocked = Unlocked.Length,
                Differences = differs && isReadable ? accepted.Against(frame, sum.Totals) : [],
            },
        };
    }

    /// <summary>A report that the level above reopened again after that was locked all the same.</summary>
    private static bool WasLocked(LedgerStream stream, DateTimeOffset since)
    {
        var counting = OwnFigures.None;
        foreach (var entry in stream.Entries)
        {
            if (entry.At >= since && counting.Review.Locked)
            {
                return true;
            }

            counting = counting.After(entry);
        }

        return counting.Review.Locked;
    }
}
