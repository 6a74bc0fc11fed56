using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Submissions between the wire and the contracts. On the path of every Submit: plain loops, one array per list.</summary>
internal static class SubmissionMapping
{
    public static SubmitCommand Command(V1.SubmitRequest request, int maxCells) => new()
    {
        RequestId = request.RequestId,
        ExpectedRevision = request.HasExpectedRevision ? request.ExpectedRevision : null,
        Cells = Figures("cells", request.Cells, maxCells),
        Nil = request.NilReturn,
        Explanations = Explanations(request.Explanations, maxCells),
        Narrative = Figures("narrative", request.Narrative, maxCells),
        FiledOn = LedgerMapping.Date("filed_on", request.FiledOn),
    };

    public static WithdrawCommand Command(V1.WithdrawRequest request) => new()
    {
        RequestId = request.RequestId,
        ExpectedRevision = request.HasExpectedRevision ? request.ExpectedRevision : null,
        Reason = request.Reason,
    };

    public static V1.Receipt Receipt(Receipt receipt)
    {
        var reply = new V1.Receipt
        {
            Unit = receipt.Ledger.Unit,
            Form = receipt.Ledger.Form,
            Period = receipt.Ledger.Period,
            RequestId = receipt.RequestId,
            Revision = receipt.Revision,
            At = Timestamp.FromDateTimeOffset(receipt.At),
            Hash = receipt.Hash,
        };
        AddFindings(reply.Findings, receipt.Findings);
        return reply;
    }

    public static V1.ValidateResponse Findings(ImmutableArray<CheckFinding> findings)
    {
        var reply = new V1.ValidateResponse { Acceptable = true };
        AddFindings(reply.Findings, findings);
        foreach (var finding in findings)
        {
            reply.Acceptable &= finding.Severity == Severity.Soft && finding.Explanation.Length > 0;
        }

        return reply;
    }

    public static V1.Submission Submission(SubmissionView view)
    {
        var reply = new V1.Submission
        {
            Receipt = Receipt(view.Receipt),
            State = view.State switch
            {
                SubmissionState.Submitted => V1.SubmissionState.Submitted,
                SubmissionState.Accepted => V1.SubmissionState.Accepted,
                SubmissionState.Withdrawn => V1.SubmissionState.Withdrawn,
                SubmissionState.Returned => V1.SubmissionState.Returned,
                _ => throw new InvalidOperationException($"Submission state {view.State} has no value on the wire."),
            },
            NilReturn = view.Nil,
            Actor = view.Actor,
            FiledOn = LedgerMapping.Text(view.FiledOn),
            Reason = view.Reason,
            Decisions = { view.Decisions.Select(ReviewMapping.Decision) },
        };
        foreach (var figure in view.Cells)
        {
            reply.Cells.Add(new V1.Cell { Code = figure.Cell, Amount = LedgerMapping.Amount(figure.Amount) });
        }

        return reply;
    }

    public static V1.Severity SeverityOf(Severity severity) =>
        severity == Severity.Hard ? V1.Severity.Hard : V1.Severity.Soft;

    private static ImmutableArray<CellFigure> Figures(string field, RepeatedField<V1.Cell> cells, int most)
    {
        if (cells.Count == 0)
        {
            return [];
        }

        if (cells.Count > most)
        {
            throw Faults.TooMuch(field, cells.Count, most);
        }

        var figures = new CellFigure[cells.Count];
        for (var i = 0; i < figures.Length; i++)
        {
            var cell = cells[i];
            if (cell.Amount is not { } amount)
            {
                // Empty is not zero: a cell without a figure is left out, not sent empty.
                throw Faults.Refuse(Faults.Missing($"{field}[{cell.Code}].amount"));
            }

            figures[i] = new CellFigure(cell.Code, new Amount(amount.Units, amount.Nanos));
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(figures);
    }

    private static ImmutableArray<Explanation> Explanations(RepeatedField<V1.Explanation> explanations, int most)
    {
        if (explanations.Count == 0)
        {
            return [];
        }

        if (explanations.Count > most)
        {
            throw Faults.TooMuch("explanations", explanations.Count, most);
        }

        var result = new Explanation[explanations.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new Explanation(explanations[i].CheckId, explanations[i].Text);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    private static void AddFindings(RepeatedField<V1.Finding> reply, ImmutableArray<CheckFinding> findings)
    {
        foreach (var finding in findings)
        {
            reply.Add(Finding(finding));
        }
    }

    public static V1.Finding Finding(CheckFinding finding) => new()
    {
        CheckId = finding.CheckId,
        Severity = SeverityOf(finding.Severity),
        Cell = finding.Cell,
        Value = finding.Value,
        Rule = finding.Rule,
        MessageZh = finding.MessageZh,
        MessageEn = finding.MessageEn,
        Explanation = finding.Explanation,
    };
}
