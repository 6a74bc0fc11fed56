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
    /// <param name="frame">The report.</param>
    /// <param name="command">What is sent.</param>
    /// <param name="today">The civil day.</param>
    /// <param name="basis">What it is checked against.</param>
    /// <exception cref="RefusedException">A field cannot be read; every such field is named.</exception>
    public static CheckedSubmission Run(LedgerFrame frame, SubmitCommand command, DateOnly today, CheckBasis basis)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        RequestRules.RequireRequestId(command.RequestId, violations);
        RequireContent(command, violations);
        RequireExplanations(command, violations);
        var (figures, narrative) = Read(frame.Form, command, basis.FillTotals, violations);
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
            FiledOn = command.FiledOn < today ? command.FiledOn : today,
        };
        var found = frame.Form.Check(input);
        if (!basis.OfficeChecks.IsEmpty)
        {
            found = found.AddRange(frame.Form.Check(input, basis.OfficeChecks));
        }

        return new CheckedSubmission(figures, narrative, found.IsEmpty ? [] : Explain(found, command.Explanations));
    }

    /// <summary>The figures as they are filed, and those of the text; null where it states none.</summary>
    public static (Figures Cells, Figures? Narrative) Read(
        Form form, SubmitCommand command, bool fillTotals, ImmutableArray<Violation>.Builder violations)
    {
        var figures = Read(form, "cells", command.Cells, violations);
        if (fillTotals)
        {
            figures = Fill(form, figures, violations);
        }

        return (figures, command.Narrative.IsEmpty ? null : Read(form, "narrative", command.Narrative, violations));
    }

    /// <summary>Hard checks that do not hold, and soft ones that stand without an explanation.</summary>
    public static void AddUnacceptable(ImmutableArray<CheckFinding> findings, ImmutableArray<Violation>.Builder violations)
    {
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
                Explanation = ExplanationOf(explanations, finding.CheckId),
            });
        }

        return findings.ToImmutable();
    }

    /// <summary>What is given for a check; empty for none.</summary>
    public static string ExplanationOf(ImmutableArray<Explanation> explanations, string checkId) =>
        explanations.FirstOrDefault(explanation => explanation.CheckId == checkId)?.Text ?? "";

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

    /// <summary>Rules that a refusal names, as hard findings.</summary>
    public static IEnumerable<CheckFinding> ToFindings(RefusedException refusal) => refusal.Violations.Select(violation => new CheckFinding
    {
        CheckId = violation.Rule,
        Severity = Severity.Hard,
        Cell = "",
        Value = violation.Value,
        Rule = violation.Rule,
        MessageZh = violation.MessageZh,
        MessageEn = violation.MessageEn,
    });

    private static Violation ToViolation(CheckFinding finding, string messageZh, string messageEn) => new()
    {
        Field = finding.Cell.Length == 0 ? finding.CheckId : $"cells[{finding.Cell}]",
        Value = finding.Value,
        Rule = finding.Rule,
        MessageZh = messageZh,
        MessageEn = messageEn,
    };
}
