using Aggregation.Domain.Periods;
using Aggregation.Domain.Reports;

namespace Aggregation.Domain.Tests.Reports;

/// <summary>What a report takes as it stands: state and command, no silo.</summary>
public sealed class ReportRulesTests
{
    private static readonly ReportName Name = new("t", "u", "2014", Period.Parse("2017"));
    private static readonly byte[] Hash = [.. Enumerable.Repeat((byte)0xab, 32)];
    private static readonly string HashText = string.Concat(Enumerable.Repeat("ab", 32));
    private static readonly OwnFigures Filed = OwnFigures.None.After(new ReportFiled(Revision(1), IsAccepted: false));
    private static readonly OwnFigures Accepted = After(Filed, ReportAct.Accept);
    private static readonly OwnFigures Locked = After(Accepted, ReportAct.Lock);
    private static readonly OwnFigures Returned = After(Filed, ReportAct.Return);

    [Fact]
    public void File_NothingThere_IsTaken() => Assert.Null(ReportRules.File(Name, OwnFigures.None, 0, 0));

    [Fact]
    public void File_WithoutExpectation_IsTakenAtAnyVersion() => Assert.Null(ReportRules.File(Name, Filed, 1, null));

    [Fact]
    public void File_OfAnotherRevision_NamesTheCurrentOne() => Assert.Equal(
        new ReportRefusal("u is at revision 2, not 1.", 2)
        {
            Broken = new BrokenRule("expected_revision", "1", "report.current", "u 的当前版次为 2，不是 1"),
        },
        ReportRules.File(Name, Accepted, 2, 1));

    [Fact]
    public void File_Locked_IsRefusedBeforeTheRevisionIsLookedAt() => Assert.Equal(
        new ReportRefusal("The report of u on form 2014 for 2017 is locked; the level above it reopens it first.")
        {
            Broken = new BrokenRule("unit", "u", "report.unlocked", "u 的 2014 报表 2017 已锁定，须先由上级重新开放"),
        },
        ReportRules.File(Name, Locked, 3, 1));

    [Fact]
    public void Withdraw_NothingThere_IsRefused() => Assert.Equal(
        new ReportRefusal("u has no submission to withdraw."), ReportRules.Withdraw(Name, OwnFigures.None, 0, null));

    [Fact]
    public void Withdraw_Returned_IsTaken() => Assert.Null(ReportRules.Withdraw(Name, Returned, 2, 2));

    [Fact]
    public void Withdraw_OfAnotherRevision_IsRefusedAsFilingIs() => Assert.Equal(
        ReportRules.File(Name, Filed, 1, 5), ReportRules.Withdraw(Name, Filed, 1, 5));

    [Fact]
    public void Withdraw_Locked_IsRefused() => Assert.Equal(
        "The report of u on form 2014 for 2017 is locked; the level above it reopens it first.",
        ReportRules.Withdraw(Name, Locked, 3, null)?.Message);

    [Theory]
    [InlineData(ReportAct.Accept, "u has filed nothing.")]
    [InlineData(ReportAct.Return, "u has filed nothing.")]
    [InlineData(ReportAct.Sign, "u has filed nothing.")]
    [InlineData(ReportAct.Reopen, "The report of u is neither accepted nor locked: there is nothing to reopen.")]
    [InlineData(ReportAct.Lock, null)]
    public void Review_NothingFiled_OnlyLockingIsTaken(ReportAct act, string? message) =>
        Assert.Equal(message, Review(OwnFigures.None, act)?.Message);

    [Theory]
    [InlineData(ReportAct.Accept, null)]
    [InlineData(ReportAct.Return, null)]
    [InlineData(ReportAct.Sign, null)]
    [InlineData(ReportAct.Reopen, "The report of u is neither accepted nor locked: there is nothing to reopen.")]
    [InlineData(ReportAct.Lock, "The report of u waits for a decision: accept or return it before locking.")]
    public void Review_Waiting_IsDecidedOrSigned(ReportAct act, string? message) => Assert.Equal(message, Review(Filed, act)?.Message);

    [Theory]
    [InlineData(ReportAct.Accept, "Revision 1 of u is accepted already.")]
    [InlineData(ReportAct.Return, "Revision 1 of u is accepted; reopen it instead.")]
    [InlineData(ReportAct.Sign, null)]
    [InlineData(ReportAct.Reopen, null)]
    [InlineData(ReportAct.Lock, null)]
    public void Review_Accepted_IsNotDecidedAgain(ReportAct act, string? message) => Assert.Equal(message, Review(Accepted, act)?.Message);

    [Theory]
    [InlineData(ReportAct.Accept)]
    [InlineData(ReportAct.Return)]
    [InlineData(ReportAct.Sign)]
    public void Review_Returned_WaitsForAnotherFiling(ReportAct act) =>
        Assert.Equal(new ReportRefusal("Revision 1 of u was returned; it is to be filed again."), Review(Returned, act));

    [Theory]
    [InlineData(ReportAct.Accept)]
    [InlineData(ReportAct.Return)]
    [InlineData(ReportAct.Sign)]
    [InlineData(ReportAct.Lock)]
    public void Review_Locked_TakesNothingButReopening(ReportAct act)
    {
        Assert.Equal(new ReportRefusal("The report of u is locked; the level above it reopens it first."), Review(Locked, act));
        Assert.Null(Review(Locked, ReportAct.Reopen));
    }

    [Fact]
    public void Review_SignatureAskedFor_ComesBeforeAcceptance()
    {
        Assert.Equal(
            new ReportRefusal("Revision 1 of u is not signed: its head signs it before it is accepted."),
            Review(Filed, ReportAct.Accept, mustBeSigned: true));
        var signed = After(Filed, ReportAct.Sign);
        Assert.Null(Review(signed, ReportAct.Accept, mustBeSigned: true));
        Assert.Equal(new ReportRefusal("Revision 1 of u is signed already."), Review(signed, ReportAct.Sign));
    }

    [Fact]
    public void Review_OfAnotherRevision_NamesTheFiledOne() => Assert.Equal(
        new ReportRefusal("u has filed revision 1, not 2; look at it first.", 1),
        ReportRules.Review("u", Filed, Hash, ReportAct.Accept, 2, HashText, mustBeSigned: false));

    [Fact]
    public void Review_OfAnotherHash_IsOfAnotherRevisionToo() => Assert.Equal(
        new ReportRefusal("Revision 1 of u does not have the hash 00.", 1),
        ReportRules.Review("u", Filed, Hash, ReportAct.Accept, 1, "00", mustBeSigned: false));

    [Fact]
    public void Accept_OfWhatIsTheCallersOwn_IsRefusedAndReturnIsNot()
    {
        Assert.Equal("review.four-eyes", Own(ReportAct.Accept)?.Broken?.Rule);
        Assert.Null(Own(ReportAct.Return));
        Assert.Null(Own(ReportAct.Sign));
        static ReportRefusal? Own(ReportAct act) => ReportRules.Review("u", Filed, Hash, act, 1, HashText, mustBeSigned: false, isOwn: true);
    }

    private static ReportRefusal? Review(OwnFigures now, ReportAct act, bool mustBeSigned = false) =>
        ReportRules.Review("u", now, Hash, act, 1, HashText, mustBeSigned);

    private static OwnFigures After(OwnFigures before, ReportAct act) => before.After(new ReportReviewed(act, Hash));

    private static OwnRevision Revision(long revision) => new(revision, DateTimeOffset.UnixEpoch, "key", true, default, default);
}
