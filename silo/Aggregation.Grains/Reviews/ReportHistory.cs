using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Reviews;

/// <summary>A ledger's stream as its readers see it: the revisions, each with what was decided on it.</summary>
internal static class ReportHistory
{
    /// <param name="entries">The stream's entries in order, from any revision on to the last entry.</param>
    /// <returns>A view for each revision among them. What was decided before anything was filed is left out.</returns>
    public static ImmutableArray<SubmissionView> Of(LedgerFrame frame, IEnumerable<StoredEntry> entries)
    {
        var views = ImmutableArray.CreateBuilder<SubmissionView>();
        foreach (var entry in entries)
        {
            if (ReviewCodec.Read(entry) is not { } decision)
            {
                views.Add(EntryCodec.Read(frame, entry));
            }
            else if (views.Count > 0)
            {
                var last = views.Count - 1;
                views[last] = views[last] with { Decisions = views[last].Decisions.Add(decision) };
                Apply(views, decision.Act);
            }
        }

        return views.ToImmutable();
    }

    /// <summary>An act is always on what was filed last; only a reopening reaches back to what is accepted.</summary>
    private static void Apply(ImmutableArray<SubmissionView>.Builder views, ReviewAct act)
    {
        var place = act == ReviewAct.Reopen ? FindAccepted(views) : views.Count - 1;
        var state = act switch
        {
            ReviewAct.Accept => SubmissionState.Accepted,
            ReviewAct.Return => SubmissionState.Returned,
            ReviewAct.Reopen => SubmissionState.Submitted,
            _ => (SubmissionState?)null,
        };
        if (place >= 0 && state is { } known)
        {
            views[place] = views[place] with { State = known };
        }
    }

    private static int FindAccepted(ImmutableArray<SubmissionView>.Builder views)
    {
        for (var i = views.Count - 1; i >= 0; i--)
        {
            if (views[i].State == SubmissionState.Accepted)
            {
                return i;
            }
        }

        return -1;
    }
}
