using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Publications;
using Aggregation.Domain.Reports;
using Aggregation.Grains.Entries;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Publications;

/// <summary>Completions as the stream of publications tells them, and what deciding on one takes.</summary>
internal static class Completions
{
    private const int MostNamed = 10;

    /// <summary>The publications of a stream, each with what was decided on it, oldest first.</summary>
    public static ImmutableArray<PublicationView> Views(LedgerFrame frame, IReadOnlyList<StoredEntry> entries) =>
    [
        .. entries.Where(entry => entry.Kind == EntryKinds.Published).Select(entry => ViewOf(frame, entries, entry)),
    ];

    /// <summary>The publication that an entry is, or is a decision on.</summary>
    /// <param name="entries">The whole stream.</param>
    public static PublicationView ViewOf(LedgerFrame frame, IReadOnlyList<StoredEntry> entries, StoredEntry entry)
    {
        var number = entry.Kind == EntryKinds.Published
            ? entry.Version
            : CompletionDecidedEntry.Parser.ParseFrom(entry.Payload.Span).Number;
        var view = Publication.Read(frame, entries[(int)number - 1]).View;
        foreach (var later in entries.Skip((int)number))
        {
            if (later.Kind != EntryKinds.Published
                && CompletionDecidedEntry.Parser.ParseFrom(later.Payload.Span) is var decided && decided.Number == number)
            {
                view = view with
                {
                    Completion = view.Completion! with
                    {
                        State = later.Kind == EntryKinds.CompletionAccepted ? CompletionState.Accepted : CompletionState.Returned,
                        Decision = new CompletionDecision(later.At, later.Actor, decided.Text),
                        IsLocking = decided.Locking,
                    },
                };
            }
        }

        return view;
    }

    /// <exception cref="RefusedException">A field cannot stand.</exception>
    public static void RequireCommand(DecideCompletionCommand command)
    {
        PublicationRules.RequireRequestId(command.RequestId);
        if (command.Number < 1)
        {
            throw Refuse.Invalid("number", command.Number.ToString(CultureInfo.InvariantCulture), ">= 1",
                "应写明上报所用的发布编号", "names the publication that reported the completion");
        }

        if (command.Hash.Length != 64 || !command.Hash.All(char.IsAsciiHexDigitLower))
        {
            throw Refuse.Invalid("hash", command.Hash.Length > 80 ? command.Hash[..80] : command.Hash, "64 hexadecimal digits",
                "应为该发布的 64 位十六进制摘要", "is the hash of that publication, 64 hexadecimal digits");
        }

        RequireText(command.Accept ? "comment" : "reason", command.Text, isNeeded: !command.Accept);
    }

    /// <exception cref="RefusedException">The text is too long, or missing where it is needed.</exception>
    public static void RequireText(string field, string text, bool isNeeded)
    {
        if (text.Length > RequestRules.LongestText || (isNeeded && string.IsNullOrWhiteSpace(text)))
        {
            var least = isNeeded ? 1 : 0;
            throw Refuse.Invalid(field, text.Length > 80 ? text[..80] : text, $"{least}–{RequestRules.LongestText} characters",
                $"应有 {least} 至 {RequestRules.LongestText} 个字符", $"has {least} to {RequestRules.LongestText} characters");
        }
    }

    /// <summary>The completion that a decision is about.</summary>
    /// <exception cref="RefusedException">There is no such completion, it is not what was looked at, or it is decided.</exception>
    public static PublicationView RequireReported(
        LedgerFrame frame, IReadOnlyList<StoredEntry> entries, DecideCompletionCommand command)
    {
        var views = Views(frame, entries);
        var view = views.FirstOrDefault(view => view.Number == command.Number && view.Completion is not null)
            ?? throw Refuse.NotFound(
                $"completion of {frame.Key.Unit}, form {frame.Key.Form}, {frame.Key.Period}",
                command.Number.ToString(CultureInfo.InvariantCulture));
        var last = views.Last(view => view.Completion is not null);
        if (view.Hash != command.Hash || last.Number != view.Number)
        {
            throw new RefusedException(
                RefusalKind.Stale, $"The completion that {frame.Key.Unit} reported last is number {last.Number} with hash {last.Hash}; look at it first.")
            {
                CurrentRevision = last.Number,
            };
        }

        return view.Completion!.State == CompletionState.Reported
            ? view
            : throw new RefusedException(
                RefusalKind.FailedPrecondition, $"Completion {view.Number} of {frame.Key.Unit} is decided already.");
    }

    /// <exception cref="RefusedException">The tenant has somebody else accept than who reported, and the caller reported.</exception>
    public static void RequireAnother(PublicationView view, Caller caller, TenantState tenant)
    {
        if (tenant.Settings.FourEyes is true && tenant.Keys.IsSame(view.Actor, caller))
        {
            var message = $"Completion {view.Number} of {view.Ledger.Unit} was reported by this key or its user: somebody else accepts it, with another key.";
            throw new RefusedException(RefusalKind.FailedPrecondition, message,
            [
                new Violation
                {
                    Field = "number",
                    Value = view.Number.ToString(CultureInfo.InvariantCulture),
                    Rule = ReportRules.FourEyes,
                    MessageZh = $"{view.Ledger.Unit} 的第 {view.Number} 号上报由本密钥或其用户作出，须由他人以另一密钥审核（四眼原则）",
                    MessageEn = message,
                },
            ]);
        }
    }

    /// <exception cref="RefusedException">The total is not what was signed any more.</exception>
    public static void RequireUnchanged(PublicationView view, string digest)
    {
        if (view.Digest != digest)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"The accepted total of {view.Ledger.Unit} has changed since it was signed: its digest was {view.Digest} and is {digest}. "
                + "Its restatement shows the difference; return the completion, or have it reported anew.");
        }
    }

    /// <exception cref="RefusedException">Somebody below still waits.</exception>
    public static void RequireNone(List<string> undecided)
    {
        if (undecided.Count > 0)
        {
            throw new RefusedException(
                RefusalKind.FailedPrecondition,
                $"{undecided.Count} directly below wait for a decision: {string.Join(", ", undecided.Take(MostNamed))}{(undecided.Count > MostNamed ? ", …" : "")}.");
        }
    }
}
