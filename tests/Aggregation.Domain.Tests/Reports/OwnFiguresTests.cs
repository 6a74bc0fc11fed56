using Aggregation.Domain.Periods;
using Aggregation.Domain.Reports;
using Aggregation.Domain.Rollups;

namespace Aggregation.Domain.Tests.Reports;

/// <summary>State and entry to state, without a silo.</summary>
public sealed class OwnFiguresTests
{
    private static readonly ReportName Name = new("t", "u", "2014", Period.Parse("2017"));

    [Fact]
    public void After_Filed_CountsAsSubmitted()
    {
        var counting = OwnFigures.None.After(Filed(1));
        Assert.Equal((1, 1), (counting.Submitted!.Revision, counting.Filed));
        Assert.Null(counting.Accepted);
        Assert.Equal((true, false), (counting.IsWaiting, counting.IsAccepted));
        Assert.Equal(new ReportCounts(1, 0, 0, 1), counting.Counts);
    }

    [Fact]
    public void After_FiledAndAcceptedAtOnce_CountsInBothLayersAsOne()
    {
        var counting = OwnFigures.None.After(Filed(1, isAccepted: true));
        Assert.Same(counting.Submitted, counting.Accepted);
        Assert.True(counting.IsAccepted);
    }

    [Fact]
    public void After_CorrectionOfWhatIsAccepted_AcceptedGoesOnCounting()
    {
        var counting = Fold(Filed(1), Act(ReportAct.Accept, 1), Filed(3));
        Assert.Equal((3, 1, true), (counting.Submitted!.Revision, counting.Accepted!.Revision, counting.IsWaiting));
        Assert.Equal(At(1), counting.FiledAt);
    }

    [Fact]
    public void After_Returned_CountsWhatWasAcceptedBefore()
    {
        var counting = Fold(Filed(1, isAccepted: true), Filed(2), Act(ReportAct.Return, 2));
        Assert.Equal((1, 1, 2), (counting.Submitted!.Revision, counting.Accepted!.Revision, counting.Filed));
        Assert.Equal(new ReportCounts(1, 1, 1, 1), counting.Counts);
        Assert.Equal((false, false), (counting.IsAccepted, counting.IsWaiting));
    }

    [Fact]
    public void After_ReturnedWithoutAnythingAccepted_CountsNowhere()
    {
        var counting = Fold(Filed(1), Act(ReportAct.Return, 1));
        Assert.Null(counting.Submitted);
        Assert.Null(counting.Accepted);
        Assert.Equal(1, counting.Filed);
        Assert.Equal(RollupPart.Empty with { Counts = new ReportCounts(0, 0, 1, 0) }, counting.ToPart(Name, 3));
    }

    [Fact]
    public void After_Reopened_LiftsAcceptanceAndLock()
    {
        var counting = Fold(Filed(1), Act(ReportAct.Accept, 1), Act(ReportAct.Lock, 2));
        Assert.True(counting.Review.Locked);
        counting = counting.After(Act(ReportAct.Reopen, 3));
        Assert.Equal((false, true), (counting.Review.Locked, counting.IsWaiting));
        Assert.Null(counting.Accepted);
    }

    [Fact]
    public void After_Withdrawn_NothingIsLeft() =>
        Assert.Equal(OwnFigures.None, Fold(Filed(1), Act(ReportAct.Sign, 1), new ReportWithdrawn()));

    [Fact]
    public void After_FirstActOnAReport_RemembersTheReportsOwnHash()
    {
        var counting = Fold(Filed(1), Act(ReportAct.Sign, 1), Act(ReportAct.Accept, 2));
        Assert.Equal(Hash(1), counting.FiledHash(Hash(3)).ToArray());
        Assert.Equal(1, counting.Review.SignedRevision);
        Assert.Equal(Hash(4), counting.After(Filed(4)).FiledHash(Hash(4)).ToArray());
    }

    [Fact]
    public void After_LockedBeforeAnythingIsFiled_HasNoReportsHash() =>
        Assert.True(Fold(Act(ReportAct.Lock, 0)).Review.FiledHash.IsEmpty);

    [Fact]
    public void Digest_OfALayer_IsOfItsOwnRevision()
    {
        var counting = Fold(Filed(1, isAccepted: true), Filed(2));
        Assert.NotEqual(counting.Digest(Name, Layer.Submitted), counting.Digest(Name, Layer.Accepted));
        Assert.Equal(OwnFigures.None.After(Filed(2)).Digest(Name, Layer.Submitted), counting.Digest(Name, Layer.Submitted));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_DecidedEntriesOneByOne_EqualsFoldingAllAnew(int seed)
    {
        var random = new Random(seed);
        var entries = new List<ReportEvent>();
        var now = OwnFigures.None;
        var taken = new HashSet<Type>();
        for (var step = 0; step < 400; step++)
        {
            var version = entries.Count;
            if (Decide(random, now, version) is not { } next)
            {
                continue;
            }

            entries.Add(next);
            taken.Add(next.GetType());
            now = now.After(next);
            var anew = Fold([.. entries]);
            Assert.Equal(now.Submitted, anew.Submitted);
            Assert.Equal(now.Accepted, anew.Accepted);
            Assert.Equal((now.Review.Locked, now.Review.Returned, now.Review.SignedRevision), (anew.Review.Locked, anew.Review.Returned, anew.Review.SignedRevision));
            Assert.Equal(now.FiledHash(Hash(entries.Count)).ToArray(), anew.FiledHash(Hash(entries.Count)).ToArray());
            Assert.Equal(Describe(now.ToPart(Name, 3)), Describe(anew.ToPart(Name, 3)));

            // What is filed last is found by its own hash, however many acts came since.
            Assert.True(now.Filed == 0 || now.FiledHash(Hash(entries.Count)).Span.SequenceEqual(Hash(now.Filed)));
            Assert.False(now.IsAccepted && now.IsWaiting);
        }

        Assert.Equal(3, taken.Count);
    }

    /// <summary>The entry that a random command brings about; null where the rules refuse it.</summary>
    private static ReportEvent? Decide(Random random, OwnFigures now, long version)
    {
        var act = random.Next(8);
        if (act >= 6)
        {
            return ReportRules.File(Name, now, version, version) is null ? Filed(version + 1, random.Next(4) == 0) : null;
        }

        if (act == 5)
        {
            return ReportRules.Withdraw(Name, now, version, null) is null ? new ReportWithdrawn() : null;
        }

        var filed = now.FiledHash(Hash(version));
        return ReportRules.Review("u", now, filed, (ReportAct)act, now.Filed, Convert.ToHexStringLower(filed.Span), random.Next(2) == 0) is null
            ? Act((ReportAct)act, version)
            : null;
    }

    private static (string, string, ReportCounts) Describe(RollupPart part) => (Describe(part.Submitted), Describe(part.Accepted), part.Counts);

    private static string Describe(LayerPart part) => $"{Convert.ToHexString(part.Packed.AsSpan())} {part.Digest}";

    private static OwnFigures Fold(params ReportEvent[] entries) => entries.Aggregate(OwnFigures.None, (before, next) => before.After(next));

    private static ReportFiled Filed(long revision, bool isAccepted = false) =>
        new(new OwnRevision(revision, At(revision), "key", true, default, Hash(revision)), isAccepted);

    private static ReportReviewed Act(ReportAct act, long after) => new(act, Hash(after));

    private static DateTimeOffset At(long revision) => DateTimeOffset.UnixEpoch.AddHours(revision);

    /// <summary>The hash of the entry with this version, for these tests.</summary>
    private static byte[] Hash(long version) => [.. Enumerable.Repeat((byte)(version % 251), 31), (byte)(version / 251)];
}
