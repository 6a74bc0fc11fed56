using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Rollups;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Rollups;

public sealed class RollupTests
{
    private const int Cells = 4;
    private const string OwnUnit = "own";

    private static readonly string[] Children = ["a", "b", "c", "d"];

    /// <summary>A unit's next state; a step without figures in either layer takes the unit out.</summary>
    private sealed record Step(string Unit, Vector? Submitted, Vector? Accepted, ulong Seed);

    private static Gen<Vector?> MaybeFigures => Gen.Frequency(
        (1, Gen.Constant((Vector?)null)),
        (3, Gen.ArrayOf(
            Gen.Frequency((1, Gen.Constant((long?)null)), (1, Gen.Constant((long?)0)), (3, Gen.Choose(-50, 1_000_000).Select(n => (long?)n))),
            Cells).Select(values => (Vector?)Vector.Of(values))));

    private static Gen<Step> Steps =>
        from unit in Gen.Elements([OwnUnit, .. Children])
        from submitted in MaybeFigures
        from isSame in Gen.Elements(true, false)
        from other in MaybeFigures
        from seed in Gen.Choose(1, int.MaxValue)
        select new Step(unit, submitted, isSame ? submitted : other, (ulong)seed);

    [Fact]
    public void Set_AnySequence_EqualsTheSumFromScratch() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(300),
        Prop.ForAll(Arb.From(Gen.ListOf(Steps)), steps =>
        {
            var rollup = new Rollup(Cells);
            var present = new Dictionary<string, Step>();
            foreach (var step in steps)
            {
                present[step.Unit] = step;
                Apply(rollup, step);
                RequireEqual(rollup, present);
            }
        }));

    [Fact]
    public void ToPart_AnySequence_SumsAgainInAParent() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200),
        Prop.ForAll(Arb.From(Gen.ListOf(Steps)), steps =>
        {
            var rollup = new Rollup(Cells);
            foreach (var step in steps)
            {
                Apply(rollup, step);
            }

            var parent = new Rollup(Cells);
            parent.SetChild("x", belongsToLevel: false, rollup.ToPart());
            foreach (var layer in Enum.GetValues<Layer>())
            {
                Assert.Equal(rollup.Totals(Scope.Region, layer), parent.Totals(Scope.Region, layer));
                Assert.Equal(rollup.Digest(Scope.Region, layer), parent.Digest(Scope.Region, layer));
                Assert.Equal(Totals.Empty(Cells), parent.Totals(Scope.Level, layer));
            }

            Assert.Equal(rollup.Counts(Scope.Region), parent.Counts(Scope.Region));
            parent.SetChild("x", belongsToLevel: false, RollupPart.Empty);
            Assert.True(parent.ToPart().IsEmpty);
        }));

    [Fact]
    public void ToPart_BothLayersTheSame_ShareTheirBytes()
    {
        var rollup = new Rollup(Cells);
        Apply(rollup, new Step("a", Vector.Of(1, null, 0, 2), Vector.Of(1, null, 0, 2), 1));

        var part = rollup.ToPart();

        Assert.True(part.Accepted.Packed == part.Submitted.Packed);
    }

    [Fact]
    public void ToPart_LayersDiffer_DoNotShareTheirBytes()
    {
        var rollup = new Rollup(Cells);
        Apply(rollup, new Step("a", Vector.Of(1, null, 0, 2), null, 1));

        var part = rollup.ToPart();

        Assert.False(part.Accepted.Packed == part.Submitted.Packed);
        Assert.Equal(Totals.Empty(Cells), part.Accepted.Unpack());
    }

    [Fact]
    public void SetChild_Zero_IsNotEmpty()
    {
        var rollup = new Rollup(Cells);
        Apply(rollup, new Step("a", Vector.Of(0, null, null, null), null, 1));

        var totals = rollup.Totals(Scope.Region, Layer.Submitted);

        Assert.Equal((true, 0L, 1), (totals.Has(0), totals[0], totals.CountOf(0)));
        Assert.False(totals.Has(1));
    }

    [Fact]
    public void SetChild_MovedOutOfTheLevel_CountsInTheRegionOnly()
    {
        var rollup = new Rollup(Cells);
        var part = PartOf(new Step("a", Vector.Of(5, null, null, null), null, 1));
        rollup.SetChild("a", belongsToLevel: true, part);
        Assert.Equal(5, rollup.Totals(Scope.Level, Layer.Submitted)[0]);

        rollup.SetChild("a", belongsToLevel: false, part);

        Assert.False(rollup.Totals(Scope.Level, Layer.Submitted).Has(0));
        Assert.Equal(5, rollup.Totals(Scope.Region, Layer.Submitted)[0]);
    }

    private static void Apply(Rollup rollup, Step step)
    {
        if (step.Unit == OwnUnit)
        {
            rollup.SetOwn(PartOf(step));
        }
        else
        {
            rollup.SetChild(step.Unit, IsLevel(step.Unit), PartOf(step));
        }
    }

    private static bool IsLevel(string child) => child is "a" or "b";

    private static RollupPart PartOf(Step step)
    {
        if (step.Submitted is null && step.Accepted is null)
        {
            return RollupPart.Empty;
        }

        var submitted = Pack(step.Submitted);
        var accepted = ReferenceEquals(step.Accepted, step.Submitted) ? submitted : Pack(step.Accepted);
        return new RollupPart(
            new LayerPart(submitted, DigestOf(step, Layer.Submitted)),
            new LayerPart(accepted, DigestOf(step, Layer.Accepted)),
            CountsOf(step));
    }

    private static ImmutableArray<byte> Pack(Vector? figures) => figures is null ? [] : [.. Totals.Of(figures).Pack()];

    private static Vector? In(Step step, Layer layer) => layer == Layer.Submitted ? step.Submitted : step.Accepted;

    private static SetDigest DigestOf(Step step, Layer layer) => In(step, layer) is null
        ? SetDigest.Zero
        : new SetDigest((ulong)layer + 1, step.Seed * 0x9E3779B97F4A7C15UL);

    private static ReportCounts CountsOf(Step step) => step.Submitted is null && step.Accepted is null
        ? default
        : new ReportCounts(step.Submitted is null ? 0 : 1, step.Accepted is null ? 0 : 1, 0, (int)(step.Seed % 2));

    private static void RequireEqual(Rollup rollup, Dictionary<string, Step> present)
    {
        foreach (var scope in Enum.GetValues<Scope>())
        {
            var counted = present.Values.Where(step => step.Unit == OwnUnit || scope == Scope.Region
                || (scope == Scope.Level && IsLevel(step.Unit))).ToList();
            Assert.Equal(counted.Aggregate(default(ReportCounts), (sum, step) => sum.Add(CountsOf(step))), rollup.Counts(scope));
            foreach (var layer in Enum.GetValues<Layer>())
            {
                var sums = new Sums(Cells);
                foreach (var figures in counted.Select(step => In(step, layer)).OfType<Vector>())
                {
                    sums.Add(figures);
                }

                Assert.Equal(sums.Freeze(), rollup.Totals(scope, layer));
                Assert.Equal(
                    counted.Aggregate(SetDigest.Zero, (sum, step) => sum + DigestOf(step, layer)), rollup.Digest(scope, layer));
            }
        }
    }
}
