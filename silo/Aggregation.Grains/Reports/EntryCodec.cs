using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Reports;

/// <summary>Entries of a ledger's stream as written and as shown.</summary>
internal static class EntryCodec
{
    private const string DateFormat = "yyyy-MM-dd";

    public static byte[] Write(
        SubmitCommand command, CheckedSubmission submission, byte[] packed, bool accepted, string formHash)
    {
        var entry = new SubmittedEntry
        {
            Figures = UnsafeByteOperations.UnsafeWrap(packed),
            Nil = command.Nil,
            Accepted = accepted,
            FormHash = formHash,
            Narrative = submission.Narrative is { } narrative ? ByteString.CopyFrom(narrative.Pack()) : ByteString.Empty,
            FiledOn = WriteDate(command.FiledOn),
        };
        foreach (var finding in submission.Findings)
        {
            entry.Findings.Add(new StandingFinding
            {
                CheckId = finding.CheckId,
                Cell = finding.Cell,
                Value = finding.Value,
                Rule = finding.Rule,
                MessageZh = finding.MessageZh,
                MessageEn = finding.MessageEn,
                Explanation = finding.Explanation,
            });
        }

        return entry.ToByteArray();
    }

    /// <summary>As entries of reports have dates; empty for none.</summary>
    public static string WriteDate(DateOnly? day) => day?.ToString(DateFormat, CultureInfo.InvariantCulture) ?? "";

    public static Receipt ReadReceipt(LedgerKey key, StoredEntry entry) => ReadReceipt(
        key, entry, entry.Kind == EntryKinds.Submitted ? SubmittedEntry.Parser.ParseFrom(entry.Payload.Span) : null);

    /// <summary>A submission or a withdrawal as it was filed, before anything was decided on it.</summary>
    public static SubmissionView Read(LedgerFrame frame, StoredEntry entry)
    {
        if (entry.Kind == EntryKinds.Withdrawn)
        {
            return new SubmissionView
            {
                Receipt = ReadReceipt(frame.Key, entry, null),
                State = SubmissionState.Withdrawn,
                Nil = false,
                Cells = [],
                Actor = entry.Actor,
                Reason = WithdrawnEntry.Parser.ParseFrom(entry.Payload.Span).Reason,
            };
        }

        var submitted = SubmittedEntry.Parser.ParseFrom(entry.Payload.Span);
        return new SubmissionView
        {
            Receipt = ReadReceipt(frame.Key, entry, submitted),
            State = submitted.Accepted ? SubmissionState.Accepted : SubmissionState.Submitted,
            Nil = submitted.Nil,
            Cells = submitted.Nil ? [] : ReadCells(frame, Figures.Unpack(submitted.Figures.Span)),
            Actor = entry.Actor,
            FiledOn = submitted.FiledOn.Length == 0
                ? null
                : DateOnly.ParseExact(submitted.FiledOn, DateFormat, CultureInfo.InvariantCulture),
        };
    }

    private static Receipt ReadReceipt(LedgerKey key, StoredEntry entry, SubmittedEntry? submitted) =>
        Receipt(key, entry, submitted is null or { Findings.Count: 0 } ? [] :
        [
            .. submitted.Findings.Select(finding => new CheckFinding
            {
                CheckId = finding.CheckId,
                Severity = Severity.Soft,
                Cell = finding.Cell,
                Value = finding.Value,
                Rule = finding.Rule,
                MessageZh = finding.MessageZh,
                MessageEn = finding.MessageEn,
                Explanation = finding.Explanation,
            }),
        ]);

    /// <param name="findings">The soft findings that stand in the entry.</param>
    public static Receipt Receipt(LedgerKey key, StoredEntry entry, ImmutableArray<CheckFinding> findings) => new()
    {
        Ledger = key,
        RequestId = entry.RequestId ?? "",
        Revision = entry.Version,
        At = entry.At,
        Hash = Convert.ToHexStringLower(entry.Hash.Span),
        Findings = findings,
    };

    private static ImmutableArray<CellFigure> ReadCells(LedgerFrame frame, Figures figures)
    {
        var cells = ImmutableArray.CreateBuilder<CellFigure>(figures.GivenCount);
        foreach (var cell in frame.Form.Cells)
        {
            if (figures.Has(cell.Index))
            {
                cells.Add(new CellFigure(cell.Code, Amount.FromFixedPoint(figures[cell.Index], cell.Scale)));
            }
        }

        return cells.MoveToImmutable();
    }
}
