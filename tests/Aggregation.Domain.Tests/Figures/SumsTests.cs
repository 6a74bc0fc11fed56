using Aggregation.Domain.Figures;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Figures;

public sealed class SumsTests
{
    [Fact]
    public void Add_TwoUnits_SumsValuesAndCountsWhoGaveThem()
    {
        var sums = new Sums(3);

        sums.Add(Vector.Of(5, null, 0));
        sums.Add(Vector.Of(7, null, null));

        Assert.Equal([12L, 0L, 0L], [sums[0], sums[1], sums[2]]);
        Assert.Equal([2, 0, 1], [sums.CountOf(0), sums.CountOf(1), sums.CountOf(2)]);
        Assert.Equal([true, false, true], [sums.Has(0), sums.Has(1), sums.Has(2)]);
    }

    [Fact]
    public void Subtract_WhatWasAdded_LeavesTheRest() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Vectors.Leaves(5), leaves =>
        {
            var all = new Sums(5);
            var oddOnes = new Sums(5);
            for (var i = 0; i < leaves.Length; i++)
            {
                all.Add(leaves[i]);
                if (i % 2 == 1)
                    oddOnes.Add(leaves[i]);
            }

            var byParts = new Sums(all.Freeze());
            for (var i = 0; i < leaves.Length; i += 2)
                all.Subtract(leaves[i]);
            byParts.Subtract(oddOnes);
            byParts.Add(oddOnes.Freeze());
            byParts.Subtract(oddOnes.Freeze());
            byParts.Add(oddOnes);
            for (var i = 0; i < leaves.Length; i += 2)
                byParts.Subtract(Totals.Of(leaves[i]));
            return all.Equals(oddOnes) && byParts.Equals(oddOnes);
        }));

    [Fact]
    public void Pack_AnySums_UnpacksToTheSame() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(Vectors.Leaves(70), leaves =>
        {
            var sums = new Sums(70);
            foreach (var leaf in leaves)
                sums.Add(leaf);
            var total = sums.Freeze();
            return Sums.Unpack(sums.Pack()).Equals(sums) && Totals.Unpack(total.Pack()).Equals(total)
                && total.Pack().AsSpan().SequenceEqual(sums.Pack());
        }));

    [Fact]
    public void Freeze_SumsChangeLater_StaysAsItWas()
    {
        var sums = new Sums(1);
        sums.Add(Vector.Of(5));
        var total = sums.Freeze();

        sums.Add(Vector.Of(7));

        Assert.Equal(Totals.Of(Vector.Of(5)), total);
        Assert.Equal(5, total[0]);
        Assert.Equal(1, total.CountOf(0));
    }

    [Fact]
    public void Add_Overflow_IsRefusedAndNothingIsAdded()
    {
        var sums = new Sums(2);
        sums.Add(Vector.Of(1, long.MaxValue));
        var before = sums.Freeze();

        Assert.Throws<OverflowException>(() => sums.Add(Vector.Of(1, 1)));
        Assert.Throws<OverflowException>(() => sums.Add(Totals.Of(Vector.Of(1, 1))));

        Assert.Equal(before, sums.Freeze());
    }

    [Fact]
    public void Subtract_WhatWasNotAdded_IsRefusedAndNothingIsSubtracted()
    {
        var sums = new Sums(2);
        sums.Add(Vector.Of(9, 5));
        var before = sums.Freeze();

        var refused = Assert.Throws<InvalidOperationException>(() => sums.Subtract(Vector.Of(9, 4)));
        Assert.Equal("Cell number 1: 4 of 1 units is no part of 5 of 1 units.", refused.Message);
        sums.Subtract(Vector.Of(9, null));
        Assert.Throws<InvalidOperationException>(() => sums.Subtract(Totals.Of(Vector.Of(0, null))));

        sums.Add(Vector.Of(9, null));
        Assert.Equal(before, sums.Freeze());
    }

    [Fact]
    public void Add_OtherLayout_IsRefused()
    {
        var refused = Assert.Throws<ArgumentException>(() => new Sums(2).Add(Vector.Empty(3)));
        Assert.Equal("A vector of 3 cells cannot join a sum of 2 cells.", refused.Message);
    }

    [Fact]
    public void Clear_AnySums_IsTheSumOverNoUnit()
    {
        var sums = new Sums(2);
        sums.Add(Vector.Of(9, 5));

        sums.Clear();

        Assert.Equal(Totals.Empty(2), sums.Freeze());
    }

    [Fact]
    public void Add_ManyTimes_AllocatesNothing()
    {
        var sums = new Sums(60);
        var figures = Vector.Of([.. Enumerable.Range(0, 60).Select(i => (long?)i)]);
        var totals = Totals.Of(figures);
        void Round()
        {
            sums.Add(figures);
            sums.Add(totals);
            sums.Subtract(figures);
            sums.Subtract(totals);
        }

        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            Round();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
