using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Reviews;

/// <summary>Who may do what in a review, and what a request must be.</summary>
internal static class ReviewRules
{
    private const int HashLength = 64;

    /// <summary>The unit signs for itself; everything else is done by the level above.</summary>
    public static Action<Caller, AdministrativeStructure, DateOnly, string> RightTo(ReviewAct act) =>
        act == ReviewAct.Sign ? Access.RequireSubmit : Access.RequireReview;

    /// <exception cref="RefusedException">A field cannot stand; every such field is named.</exception>
    public static void RequireCommand(LedgerFrame frame, ReviewCommand command)
    {
        var violations = ImmutableArray.CreateBuilder<Violation>();
        RequestRules.RequireRequestId(command.RequestId, violations);
        RequireBinding(command, violations);
        RequireText(command, violations);
        RequireCells(frame, command, violations);
        if (violations.Count > 0)
        {
            throw RequestRules.Broken(violations.ToImmutable());
        }
    }

    private static void RequireBinding(ReviewCommand command, ImmutableArray<Violation>.Builder violations)
    {
        var isBound = command.Act is ReviewAct.Accept or ReviewAct.Return or ReviewAct.Sign;
        if (isBound ? command.Revision < 1 : command.Revision != 0)
        {
            violations.Add(new Violation
            {
                Field = "revision",
                Value = command.Revision.ToString(CultureInfo.InvariantCulture),
                Rule = isBound ? ">= 1" : "0",
                MessageZh = isBound ? "应写明所审版次" : "此操作不针对某一版次",
                MessageEn = isBound ? "names the revision that was looked at" : "is not of one revision",
            });
        }

        if (isBound
            ? command.Hash.Length != HashLength || !command.Hash.All(char.IsAsciiHexDigitLower)
            : command.Hash.Length != 0)
        {
            violations.Add(new Violation
            {
                Field = "hash",
                Value = command.Hash.Length > 80 ? command.Hash[..80] : command.Hash,
                Rule = isBound ? "64 hexadecimal digits" : "empty",
                MessageZh = isBound ? "应为所审版次回执上的 64 位十六进制数字" : "此操作不针对某一版次",
                MessageEn = isBound ? "is the hash on the receipt of the revision, 64 hexadecimal digits" : "is not of one revision",
            });
        }
    }

    private static void RequireText(ReviewCommand command, ImmutableArray<Violation>.Builder violations)
    {
        var isNeeded = command.Act is ReviewAct.Return or ReviewAct.Reopen;
        if (command.Text.Length > RequestRules.LongestText || (isNeeded && string.IsNullOrWhiteSpace(command.Text)))
        {
            violations.Add(new Violation
            {
                Field = isNeeded ? "reason" : command.Act == ReviewAct.Sign ? "statement" : "comment",
                Value = command.Text.Length > 80 ? command.Text[..80] : command.Text,
                Rule = $"{(isNeeded ? 1 : 0)}–{RequestRules.LongestText} characters",
                MessageZh = $"应有 {(isNeeded ? 1 : 0)} 至 {RequestRules.LongestText} 个字符",
                MessageEn = $"has {(isNeeded ? 1 : 0)} to {RequestRules.LongestText} characters",
            });
        }
    }

    private static void RequireCells(LedgerFrame frame, ReviewCommand command, ImmutableArray<Violation>.Builder violations)
    {
        foreach (var remark in command.Cells)
        {
            if (!frame.Form.TryGetCell(remark.Cell, out _))
            {
                violations.Add(new Violation
                {
                    Field = $"cells[{remark.Cell}]",
                    Value = remark.Cell,
                    Rule = $"a cell of form {frame.Form.Id}",
                    MessageZh = $"报表 {frame.Form.Id} 没有此单元格",
                    MessageEn = $"form {frame.Form.Id} has no such cell",
                });
            }
            else if (string.IsNullOrWhiteSpace(remark.Text) || remark.Text.Length > RequestRules.LongestText)
            {
                violations.Add(new Violation
                {
                    Field = $"cells[{remark.Cell}]",
                    Value = remark.Text.Length > 80 ? remark.Text[..80] : remark.Text,
                    Rule = $"1–{RequestRules.LongestText} characters",
                    MessageZh = $"退回意见应有 1 至 {RequestRules.LongestText} 个字符",
                    MessageEn = $"a remark has 1 to {RequestRules.LongestText} characters",
                });
            }
        }
    }
}
