using System.Collections.Immutable;
using Aggregation.Domain.Forms.Expressions;
using Aggregation.Domain.Forms.Loading;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>Compiles checks that offices define, so that they run as the form's own do.</summary>
public static class OfficeCheckCompiler
{
    /// <summary>Longest rule, in characters.</summary>
    public const int LongestRule = 1000;

    /// <summary>Longest message, in characters.</summary>
    public const int LongestMessage = 300;

    /// <returns>Null where there are faults.</returns>
    public static Check? Compile(Form form, OfficeCheck check, out ImmutableArray<OfficeCheckFault> faults)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(check);
        var found = ImmutableArray.CreateBuilder<OfficeCheckFault>();
        NoteId(form, check.Id, found);
        NoteMessage("message_zh", check.MessageZh, found);
        NoteMessage("message_en", check.MessageEn, found);
        var compiled = CompileRule(form, check, found);
        faults = found.ToImmutable();
        return faults.IsEmpty ? compiled : null;
    }

    private static LinearCheck? CompileRule(Form form, OfficeCheck check, ImmutableArray<OfficeCheckFault>.Builder found)
    {
        if (check.Rule.Length is 0 or > LongestRule)
        {
            found.Add(new OfficeCheckFault("rule", Shown(check.Rule), $"1–{LongestRule} characters",
                $"公式应有 1 至 {LongestRule} 个字符", $"has 1 to {LongestRule} characters"));
            return null;
        }

        try
        {
            var (left, comparison, right) = ExpressionParser.ParseRule(check.Rule, form.CellsByCode, form.Others);
            var compiled = new LinearCheck(check.Id, check.Severity, check.Rule, left, comparison, right, check.MessageZh, check.MessageEn);
            if (compiled is { Sources.IsEmpty: false, Severity: Severity.Hard })
            {
                found.Add(new OfficeCheckFault("severity", "hard", "soft where another report is read",
                    "与其他报表或报告期比较的公式应为核实性", "of a comparison with another report is soft: the other one may be wrong"));
            }

            return compiled;
        }
        catch (ExpressionException fault)
        {
            found.Add(new OfficeCheckFault("rule", Shown(check.Rule), $"position {fault.Position}: {fault.Rule}",
                $"公式第 {fault.Position} 个字符处有误：{fault.Rule}", $"goes wrong at position {fault.Position}: {fault.Rule}"));
            return null;
        }
    }

    private static void NoteId(Form form, string id, ImmutableArray<OfficeCheckFault>.Builder found)
    {
        if (!JsonPart.IsCode(id))
        {
            found.Add(new OfficeCheckFault("check_id", Shown(id), "up to 32 letters, digits, '.', '-', '_' after a letter or digit",
                "审核公式的编号由字母、数字、点、连字符和下划线组成，不超过 32 个字符，以字母或数字开头",
                "has up to 32 letters, digits, dots, hyphens and underscores, and starts with a letter or digit"));
        }
        else if (form.Checks.Any(check => check.Id == id))
        {
            found.Add(new OfficeCheckFault("check_id", id, "no check of the form itself",
                $"报表 {form.Id} 自身已有此编号的审核公式", $"is a check of form {form.Id} itself"));
        }
    }

    private static void NoteMessage(string field, string message, ImmutableArray<OfficeCheckFault>.Builder found)
    {
        if (string.IsNullOrWhiteSpace(message) || message.Length > LongestMessage)
        {
            found.Add(new OfficeCheckFault(field, Shown(message), $"1–{LongestMessage} characters",
                $"提示应有 1 至 {LongestMessage} 个字符", $"has 1 to {LongestMessage} characters"));
        }
        else if (!LinearCheck.HasOnlyPlaceholders(message))
        {
            found.Add(new OfficeCheckFault(field, message, "no braces but {left} and {right}",
                "提示中除 {left} 和 {right} 外不得有花括号", "holds a placeholder other than {left} and {right}"));
        }
    }

    private static string Shown(string text) => text.Length <= 80 ? text : text[..80];
}
