using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Checks;

/// <summary>Reads a submission into vectors and runs the form's checks over it, once.</summary>
internal static class SubmissionChecks
{
    /// <exception cref="RefusedException">A field cannot be read; every such field is named.</exception>
    public static CheckedSubmission Run(LedgerFrame frame, SubmitCommand command, CheckBasis basis)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        RequestRules.RequireRequestId(command.RequestId, violations);
        RequireContent(command, violations);
        RequireExplanations(command, violations);
        var figures = Read(frame.Form, "cells", command.Cells, violations);
        if (basis.FillTotals)
        {
            figures = Fill(frame.Form, figures, violations);
        }

        var narrative = command.Narrative.IsEmpty ? null : Read(frame.Form, "narrative", command.Narrative, violations);
        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }

        var input = new CheckInput(figures, frame.Period)
        {
            SamePeriodLastYear = basis.Earlier.LastYear,
            Quarters = basis.Earlier.Quarters,
            Others = basis.Others,
            History = basis.Earlier.History,
            Peers = basis.Peers,
            Below = basis.Below,
            Narrative = narrative,
            FiledOn = command.FiledOn,
        };
        var found = frame.Form.Check(input);
        if (!basis.OfficeChecks.IsEmpty)
        {
            found = found.AddRange(frame.Form.Check(input, basis.OfficeChecks));
        }

        return new CheckedSubmission(figures, narrative, found.IsEmpty ? [] : Explain(found, command.Explanations));
    }

    /// <exception cref="RefusedException">A hard check does not hold, or a soft one stands without an explanation.</exception>
    public static void RequireAcceptable(ImmutableArray<CheckFinding> findings)
    {
        if (findings.IsEmpty)
        {
            return;
        }

        var violations = ImmutableArray.CreateBuilder<Violation>();
        foreach (var finding in findings)
        {
            if (finding.Severity == Severity.Hard)
            {
                violations.Add(ToViolation(finding, finding.MessageZh, finding.MessageEn));
            }
            else if (finding.Explanation.Length == 0)
            {
                violations.Add(ToViolation(finding,
                    $"{finding.MessageZh}（须附情况说明：{finding.CheckId}）",
                    $"{finding.MessageEn} (needs an explanation for {finding.CheckId})"));
            }
        }

        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }
    }

    /// <exception cref="RefusedException">A field cannot stand; every such field is named.</exception>
    public static void RequireWithdrawal(WithdrawCommand command)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        RequestRules.RequireRequestId(command.RequestId, violations);
        if (string.IsNullOrWhiteSpace(command.Reason) || command.Reason.Length > RequestRules.LongestText)
        {
            violations.Add(new Violation
            {
                Field = "reason",
                Value = command.Reason.Length > 80 ? command.Reason[..80] : command.Reason,
                Rule = $"1–{RequestRules.LongestText} characters",
                MessageZh = $"撤回应说明理由，有 1 至 {RequestRules.LongestText} 个字符",
                MessageEn = $"a withdrawal gives a reason of 1 to {RequestRules.LongestText} characters",
            });
        }

        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }
    }

    private static void RequireContent(SubmitCommand command, ImmutableArray<Violation>.Builder violations)
    {
        if (command.Nil != command.Cells.IsEmpty)
        {
            violations.Add(new Violation
            {
                Field = command.Nil ? "nil_return" : "cells",
                Value = command.Nil ? "true" : "",
                Rule = "cells, or nil_return",
                MessageZh = "应填报单元格；确无内容的应声明零报告，二者不可并存",
                MessageEn = "either cells are given, or a nil return is declared, and not both",
            });
        }
    }

    private static void RequireExplanations(SubmitCommand command, ImmutableArray<Violation>.Builder violations)
    {
        foreach (var explanation in command.Explanations)
        {
            if (explanation.CheckId.Length == 0 || string.IsNullOrWhiteSpace(explanation.Text) || explanation.Text.Length > RequestRules.LongestText)
            {
                violations.Add(new Violation
                {
                    Field = $"explanations[{explanation.CheckId}]",
                    Value = explanation.Text.Length > 80 ? explanation.Text[..80] : explanation.Text,
                    Rule = $"1–{RequestRules.LongestText} characters for a check",
                    MessageZh = $"情况说明应指明审核公式，并有 1 至 {RequestRules.LongestText} 个字符",
                    MessageEn = $"an explanation names a check and has 1 to {RequestRules.LongestText} characters",
                });
            }
        }
    }

    private static Figures Fill(Form form, Figures figures, ImmutableArray<Violation>.Builder violations)
    {
        var filled = form.Fill(figures, out var over);
        if (over is not null)
        {
            violations.Add(new Violation
            {
                Field = $"cells[{over.Code}]",
                Value = "",
                Rule = $"<= {over.Max}",
                MessageZh = $"各分项之和大于 {over.Max}",
                MessageEn = $"its parts sum to more than {over.Max}",
            });
        }

        return filled;
    }

    private static Figures Read(
        Form form, string field, ImmutableArray<CellFigure> sent, ImmutableArray<Violation>.Builder violations)
    {
        if (!FigureReader.TryRead(form, sent.AsSpan(), out var read, out var broken))
        {
            foreach (var violation in broken)
            {
                violations.Add(new Violation
                {
                    Field = $"{field}[{violation.Cell}]",
                    Value = violation.Value,
                    Rule = violation.RuleEn,
                    MessageZh = violation.RuleZh,
                    MessageEn = violation.RuleEn,
                });
            }
        }

        return read;
    }

    private static ImmutableArray<CheckFinding> Explain(
        ImmutableArray<Finding> found, ImmutableArray<Explanation> explanations)
    {
        var findings = ImmutableArray.CreateBuilder<CheckFinding>(found.Length);
        foreach (var finding in found)
        {
            findings.Add(ToContract(finding) with
            {
                Explanation = explanations.FirstOrDefault(explanation => explanation.CheckId == finding.CheckId)?.Text ?? "",
            });
        }

        return findings.ToImmutable();
    }

    public static CheckFinding ToContract(Finding finding) => new()
    {
        CheckId = finding.CheckId,
        Severity = finding.Severity,
        Cell = finding.Cells.IsEmpty ? "" : finding.Cells[0],
        Value = finding.Value,
        Rule = finding.Rule,
        MessageZh = finding.MessageZh,
        MessageEn = finding.MessageEn,
    };

    private static Violation ToViolation(CheckFinding finding, string messageZh, string messageEn) => new()
    {
        Field = finding.Cell.Length == 0 ? finding.CheckId : $"cells[{finding.Cell}]",
        Value = finding.Value,
        Rule = finding.Rule,
        MessageZh = messageZh,
        MessageEn = messageEn,
    };
}
