using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Reviews;

/// <summary>Who may do what in a review, what a request must be, and which act a report can take as it stands.</summary>
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

    /// <summary>Which act a report can take as it stands.</summary>
    /// <param name="hash">Of the entry that filed the last revision.</param>
    /// <param name="mustBeSigned">Whether the tenant has the head of the unit sign before anything is accepted.</param>
    /// <exception cref="RefusedException">It cannot take this one, or is not what was looked at any more.</exception>
    public static void RequirePossible(
        LedgerFrame frame, OwnFigures counting, ReadOnlyMemory<byte> hash, ReviewCommand command, bool mustBeSigned)
    {
        var unit = frame.Key.Unit;
        var review = counting.Review;
        switch (command.Act)
        {
            case ReviewAct.Reopen when counting.Accepted is null && !review.Locked:
                throw Impossible($"The report of {unit} is neither accepted nor locked: there is nothing to reopen.");
            case ReviewAct.Reopen:
                return;
            case var _ when review.Locked:
                throw Impossible($"The report of {unit} is locked; the level above it reopens it first.");
            case ReviewAct.Lock when counting.IsWaiting:
                throw Impossible($"The report of {unit} waits for a decision: accept or return it before locking.");
            case ReviewAct.Lock:
                return;
        }

        RequireLookedAt(frame, counting, hash, command);
        switch (command.Act)
        {
            case var _ when review.Returned > 0:
                throw Impossible($"Revision {counting.Filed} of {unit} was returned; it is to be filed again.");
            case ReviewAct.Accept when counting.IsAccepted:
                throw Impossible($"Revision {counting.Filed} of {unit} is accepted already.");
            case ReviewAct.Accept when mustBeSigned && review.Signed == 0:
                throw Impossible($"Revision {counting.Filed} of {unit} is not signed: its head signs it before it is accepted.");
            case ReviewAct.Return when counting.IsAccepted:
                throw Impossible($"Revision {counting.Filed} of {unit} is accepted; reopen it instead.");
            case ReviewAct.Sign when review.Signed > 0:
                throw Impossible($"Revision {counting.Filed} of {unit} is signed already.");
        }
    }

    /// <exception cref="RefusedException">The report is locked.</exception>
    public static void RequireUnlocked(LedgerFrame frame, OwnFigures counting)
    {
        if (counting.Review.Locked)
        {
            throw Impossible(
                $"The report of {frame.Key.Unit} on form {frame.Key.Form} for {frame.Key.Period} is locked; the level above it reopens it first.");
        }
    }

    private static void RequireLookedAt(
        LedgerFrame frame, OwnFigures counting, ReadOnlyMemory<byte> hash, ReviewCommand command)
    {
        if (counting.Filed == 0)
        {
            throw Impossible($"{frame.Key.Unit} has filed nothing.");
        }

        if (command.Revision != counting.Filed || command.Hash != Convert.ToHexStringLower(hash.Span))
        {
            throw new RefusedException(
                RefusalKind.Stale,
                command.Revision == counting.Filed
                    ? $"Revision {command.Revision} of {frame.Key.Unit} does not have the hash {command.Hash}."
                    : $"{frame.Key.Unit} has filed revision {counting.Filed}, not {command.Revision}; look at it first.")
            {
                CurrentRevision = counting.Filed,
            };
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

    private static RefusedException Impossible(string why) => new(RefusalKind.FailedPrecondition, why);
}
