using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Checks;

/// <summary>Whether what is about to be filed is what was filed.</summary>
internal static class FiledContent
{
    /// <summary>
    /// Compares what an entry keeps of a submission: its figures, with the totals that the platform fills in, what the text states, the date,
    /// and the explanations of findings that stand. The order in which cells were sent is no part of it.
    /// </summary>
    /// <param name="frame">The report.</param>
    /// <param name="entry">The entry that filed a revision of it.</param>
    /// <param name="content">What is about to be filed.</param>
    /// <param name="fillTotals">Whether totals left empty are filled in from their parts.</param>
    public static bool Holds(LedgerFrame frame, StoredEntry entry, SubmitCommand content, bool fillTotals)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        var (figures, narrative) = SubmissionChecks.Read(frame.Form, content, fillTotals, violations);
        if (violations.Count > 0 || content.Nil != content.Cells.IsEmpty)
        {
            return false;
        }

        var filed = SubmittedEntry.Parser.ParseFrom(entry.Payload.Span);
        return filed.Nil == content.Nil
            && filed.Figures.Span.SequenceEqual(content.Nil ? [] : figures.Pack())
            && filed.Narrative.Span.SequenceEqual(narrative is null ? [] : narrative.Pack())
            && filed.FiledOn == EntryCodec.WriteDate(content.FiledOn)
            && filed.Findings.All(finding => finding.Explanation == SubmissionChecks.ExplanationOf(content.Explanations, finding.CheckId));
    }
}
