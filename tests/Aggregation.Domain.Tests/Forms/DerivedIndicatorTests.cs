using System.Globalization;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Tests.Forms;

public sealed class DerivedIndicatorTests
{
    [Theory]
    [InlineData(1, 3, 1, true, "33.3")]
    [InlineData(2, 3, 1, true, "66.7")]
    [InlineData(1, 8, 2, false, "0.13")]
    [InlineData(3, 8, 2, false, "0.38")]
    [InlineData(1, 2, 0, false, "1")]
    [InlineData(0, 7, 2, true, "0.00")]
    [InlineData(5, 1, 6, false, "5.000000")]
    [InlineData(999_999_999, 1_000_000_000, 1, true, "100.0")]
    public void Evaluate_Ratio_IsRoundedOnceHalfAwayFromZero(long a, long b, int decimals, bool percent, string expected)
    {
        var form = Report.Compile(Report.Definition(derived: Report.Ratio("[a]", "[b]", decimals, percent)));
        Assert.Equal(expected, Text(form, Report.Sparse(form, ("a", a), ("b", b))));
    }

    [Fact]
    public void Evaluate_NegativeHalf_RoundsAwayFromZero()
    {
        var form = Report.Compile(Report.Definition(derived: Report.Ratio("[a] - [c]", "[b]", 0, false)));
        Assert.Equal("-2", Text(form, Report.Sparse(form, ("a", 0), ("c", 3), ("b", 2))));
        Assert.Equal("-1", Text(form, Report.Sparse(form, ("a", 0), ("c", 5), ("b", 4))));
    }

    [Fact]
    public void Evaluate_PartsOfDifferentScale_AreAligned()
    {
        var form = Report.Compile(Report.Definition(derived: Report.Ratio("[m]", "[a]", 3, false)));
        Assert.True(FigureReader.TryRead(form, [new("m", 12, 340_000_000), new("a", 4, 0)], out var figures, out _));
        Assert.Equal("3.085", Text(form, figures));

        var inverse = Report.Compile(Report.Definition(derived: Report.Ratio("[a]", "[m]", 3, false)));
        Assert.Equal("0.324", Text(inverse, figures));
    }

    [Fact]
    public void Evaluate_NothingToDivideBy_IsUndefined()
    {
        var form = Report.Compile(Report.Definition(derived: Report.Ratio("[a]", "[b] + [c]", 1, true)));
        var ratio = form.Derived.Single();

        Assert.Null(ratio.Evaluate(Report.Sparse(form, ("a", 1))));
        Assert.Null(ratio.Evaluate(Report.Sparse(form, ("a", 1), ("b", 0))));
        Assert.Null(ratio.Evaluate(Report.Sparse(form, ("b", 1))));
        Assert.Equal("25.0", Text(form, Report.Sparse(form, ("a", 1), ("c", 4))));
    }

    [Fact]
    public void Evaluate_OverManyUnits_IsTheRatioOfTheSums()
    {
        var form = Report.Compile(Report.Definition(derived: Report.Ratio("[a]", "[b]", 1, true)));
        var sums = new Sums(form.Cells.Length);
        sums.Add(Report.Sparse(form, ("a", 1), ("b", 1)));
        sums.Add(Report.Sparse(form, ("a", 0), ("b", 9)));

        Assert.Equal("10.0", Text(form, sums));
    }

    private static string Text(Form form, ICellValues figures) =>
        form.Derived.Single().Evaluate(figures)!.Value.ToString(CultureInfo.InvariantCulture);
}
