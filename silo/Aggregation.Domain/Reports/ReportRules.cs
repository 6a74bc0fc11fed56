namespace Aggregation.Domain.Reports;

/// <summary>What a report can take as it stands: null where it can.</summary>
public static class ReportRules
{
    /// <summary>Names the rule that nothing is filed or withdrawn while a report is locked.</summary>
    public const string Unlocked = "report.unlocked";

    /// <summary>Names the rule that a revision that is expected is the current one.</summary>
    public const string Current = "report.current";

    /// <summary>Names the rule that nobody accepts what is his own.</summary>
    public const string FourEyes = "review.four-eyes";

    /// <summary>Whether another revision may be filed.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">What counts.</param>
    /// <param name="version">Of its stream; 0 where nothing was ever filed.</param>
    /// <param name="expected">The version that the sender had seen; null: whichever there is.</param>
    public static ReportRefusal? File(in ReportName report, OwnFigures now, long version, long? expected) =>
        now.Review.Locked
            ? new ReportRefusal(
                $"The report of {report.Unit} on form {report.Form} for {report.Period} is locked; the level above it reopens it first.")
            {
                Broken = new BrokenRule("unit", report.Unit, Unlocked, $"{report.Unit} 的 {report.Form} 报表 {report.Period} 已锁定，须先由上级重新开放"),
            }
            : expected is { } revision && revision != version
                ? new ReportRefusal($"{report.Unit} is at revision {version}, not {revision}.", version)
                {
                    Broken = new BrokenRule(
                        "expected_revision", $"{revision}", Current, $"{report.Unit} 的当前版次为 {version}，不是 {revision}"),
                }
                : null;

    /// <summary>Whether the report may be taken back.</summary>
    /// <inheritdoc cref="File"/>
    public static ReportRefusal? Withdraw(in ReportName report, OwnFigures now, long version, long? expected) =>
        File(report, now, version, expected)
        ?? (now.Filed == 0 ? new ReportRefusal($"{report.Unit} has no submission to withdraw.") : null);

    /// <summary>Whether an act of the review may come next.</summary>
    /// <param name="unit">The unit whose report it is.</param>
    /// <param name="now">What counts.</param>
    /// <param name="filedHash">Hash of the entry that filed the last revision.</param>
    /// <param name="act">The act.</param>
    /// <param name="revision">The revision that was looked at, for an act on one.</param>
    /// <param name="hash">Its hash as was looked at, in lower-case hexadecimal digits.</param>
    /// <param name="mustBeSigned">Whether the tenant has the head of the unit sign before anything is accepted.</param>
    /// <param name="isOwn">Whether the tenant has somebody else accept than who filed, and the last revision is the caller's own.</param>
    public static ReportRefusal? Review(
        string unit, OwnFigures now, ReadOnlyMemory<byte> filedHash, ReportAct act, long revision, string hash, bool mustBeSigned,
        bool isOwn = false)
    {
        var review = now.Review;
        return act switch
        {
            ReportAct.Reopen when now.Accepted is null && !review.Locked =>
                new ReportRefusal($"The report of {unit} is neither accepted nor locked: there is nothing to reopen."),
            ReportAct.Reopen => null,
            _ when review.Locked => new ReportRefusal($"The report of {unit} is locked; the level above it reopens it first."),
            ReportAct.Lock when now.IsWaiting =>
                new ReportRefusal($"The report of {unit} waits for a decision: accept or return it before locking."),
            ReportAct.Lock => null,
            _ => LookedAt(unit, now, filedHash, revision, hash) ?? OnRevision(unit, now, act, mustBeSigned, isOwn),
        };
    }

    private static ReportRefusal? LookedAt(string unit, OwnFigures now, ReadOnlyMemory<byte> filedHash, long revision, string hash)
    {
        if (now.Filed == 0)
        {
            return new ReportRefusal($"{unit} has filed nothing.");
        }

        return revision != now.Filed
            ? new ReportRefusal($"{unit} has filed revision {now.Filed}, not {revision}; look at it first.", now.Filed)
            : hash != Convert.ToHexStringLower(filedHash.Span)
                ? new ReportRefusal($"Revision {revision} of {unit} does not have the hash {hash}.", now.Filed)
                : null;
    }

    private static ReportRefusal? OnRevision(string unit, OwnFigures now, ReportAct act, bool mustBeSigned, bool isOwn) => act switch
    {
        _ when now.Review.Returned > 0 => new ReportRefusal($"Revision {now.Filed} of {unit} was returned; it is to be filed again."),
        ReportAct.Accept when now.IsAccepted => new ReportRefusal($"Revision {now.Filed} of {unit} is accepted already."),
        ReportAct.Accept when isOwn =>
            new ReportRefusal($"Revision {now.Filed} of {unit} was filed by this key or its user: somebody else accepts it, with another key.")
            {
                Broken = new BrokenRule("revision", $"{now.Filed}", FourEyes, $"{unit} 的版次 {now.Filed} 由本密钥或其用户填报，须由他人以另一密钥审核（四眼原则）"),
            },
        ReportAct.Accept when mustBeSigned && now.Review.SignedRevision == 0 =>
            new ReportRefusal($"Revision {now.Filed} of {unit} is not signed: its head signs it before it is accepted."),
        ReportAct.Return when now.IsAccepted => new ReportRefusal($"Revision {now.Filed} of {unit} is accepted; reopen it instead."),
        ReportAct.Sign when now.Review.SignedRevision > 0 => new ReportRefusal($"Revision {now.Filed} of {unit} is signed already."),
        _ => null,
    };
}
