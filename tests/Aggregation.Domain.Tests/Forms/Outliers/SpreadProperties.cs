using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Outliers;
using FsCheck;
using FsCheck.Fluent;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms.Outliers;

/// <summary>The exact robust z-score against one computed as the textbook writes it.</summary>
public sealed class SpreadProperties
{
    private static readonly Form Form = Report.Compile(
        Report.Definition().Replace("\"checks\"", """ "outliers": { "cells": ["a", "b"], "history": { "periods": 8 } }, "checks" """, StringComparison.Ordinal));

    /// <summary>Few distinct numbers, so that ties are common, or many; a number to judge; a threshold in hundredths.</summary>
    private static Gen<(long[] Sample, long Value, int Threshold)> Cases =>
        from most in Gen.Elements(2, 10, 1_000_000_000)
        from size in Gen.Choose(1, 25)
        from sample in Gen.ArrayOf(Gen.Choose(-most, most), size)
        from value in Gen.Choose(-2 * most, 2 * most)
        from threshold in Gen.Elements(100, 200, 350, 10_000)
        select (sample.Select(number => (long)number).ToArray(), (long)value, threshold);

    [Fact]
    public void IsFar_AnySample_IsWhatTheTextbookSays() => Holds(given =>
        Sorted(given.Sample).IsFar(given.Value, given.Threshold) == IsFar(given.Sample, given.Value, given.Threshold)
        && Sorted(given.Sample).IsTied == (Deviation(given.Sample) == 0));

    [Fact]
    public void MedianAndZScore_AnySample_AreThoseOfTheTextbook() => Holds(given =>
    {
        var spread = Sorted(given.Sample);
        var median = decimal.Parse(spread.Median(2), System.Globalization.CultureInfo.InvariantCulture) * 100;
        if (median != Median(given.Sample))
            return false;
        if (spread.IsTied)
            return true;
        var exact = (given.Value - Median(given.Sample)) / (1.4826m * Deviation(given.Sample));
        var read = decimal.Parse(spread.ZScore(given.Value), System.Globalization.CultureInfo.InvariantCulture);
        return Math.Abs(read) >= Math.Abs(exact) - 1e-20m && Math.Abs(read) - Math.Abs(exact) < 0.01m && Math.Sign(read) == Math.Sign(exact);
    });

    [Fact]
    public void IsFar_ShiftedOrScaled_IsTheSame() => Holds(given =>
    {
        var far = Sorted(given.Sample).IsFar(given.Value, given.Threshold);
        return new long[] { -1_000_003, 1, 1_000_000_000_000 }.All(shift =>
                Sorted([.. given.Sample.Select(number => number + shift)]).IsFar(given.Value + shift, given.Threshold) == far)
            && new long[] { -1, -7, 2, 1000 }.All(factor =>
                Sorted([.. given.Sample.Select(number => number * factor)]).IsFar(given.Value * factor, given.Threshold) == far);
    });

    [Fact]
    public void Of_ReportsInAnyOrder_IsTheSame() => Holds(given =>
    {
        var sample = OutlierSample.Of(Form.Outliers!, Reports(given.Sample));
        var shuffled = OutlierSample.Of(Form.Outliers!, Reports([.. given.Sample.OrderBy(number => (number * 7919) % 104_729)]));
        return sample[0] == shuffled[0] && sample[0] == Sorted([.. given.Sample.Select(Math.Abs)]) && sample[1].Count == 0;
    });

    [Fact]
    public void Without_EachPeer_IsTheSampleOfTheOthers() => Holds(given =>
    {
        var reports = Reports(given.Sample);
        var peers = new PeerFigures(Form.Outliers!,
            [.. reports.Select((report, i) => KeyValuePair.Create($"{i}", (ICellValues)report))]);
        return Enumerable.Range(0, reports.Length).All(i =>
                peers.Without($"{i}")[0] == OutlierSample.Of(Form.Outliers!, [.. reports.Where((_, other) => other != i)])[0])
            && peers.Without("another")[0] == OutlierSample.Of(Form.Outliers!, reports)[0];
    });

    [Fact]
    public void IsFar_LargestFiguresThereAre_DoesNotOverflow()
    {
        var spread = Sorted([long.MinValue, long.MinValue, 0, long.MaxValue, long.MaxValue]);

        Assert.False(spread.IsFar(long.MaxValue, 10_000));
        Assert.Equal("0", spread.Median(0));
        Assert.True(Sorted([0, 0, 1, 1]).IsFar(long.MaxValue, 10_000));
    }

    private static void Holds(Func<(long[] Sample, long Value, int Threshold), bool> property) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Cases), property));

    private static Vector[] Reports(long[] sample) =>
        [.. sample.Select(number => Report.Sparse(Form, ("a", Math.Abs(number))))];

    private static Spread Sorted(long[] sample) => Spread.Of([.. sample.Order()]);

    private static bool IsFar(long[] sample, long value, int threshold) =>
        Math.Abs(value - Median(sample)) > threshold / 100m * 1.4826m * Deviation(sample);

    private static decimal Deviation(long[] sample)
    {
        var median = Median(sample);
        return Median([.. sample.Select(number => Math.Abs(number - median))]);
    }

    private static decimal Median(long[] sample) => Median([.. sample.Select(number => (decimal)number)]);

    private static decimal Median(decimal[] sample)
    {
        Array.Sort(sample);
        return (sample[(sample.Length - 1) / 2] + sample[sample.Length / 2]) / 2;
    }
}
