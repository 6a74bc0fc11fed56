using System.Globalization;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Figures;

public sealed class FigureReaderTests
{
    private static readonly Form Form = FormCatalog.Load().Get("2014");

    [Fact]
    public void TryRead_GoodFigures_AreFixedPointInTheirCells()
    {
        CellFigure[] sent = [new("8.4", 12, 345_600_000), new("1.1", 428, 0), new("3.1", 0, 0), new("7", 0, 100_000)];

        Assert.True(FigureReader.TryRead(Form, sent, out var figures, out var violations));

        Assert.Empty(violations);
        Assert.Equal(123_456, figures[Form.IndexOf("8.4")]);
        Assert.Equal(428, figures[Form.IndexOf("1.1")]);
        Assert.Equal(1, figures[Form.IndexOf("7")]);
        Assert.True(figures.Has(Form.IndexOf("3.1")));
        Assert.Equal(4, figures.GivenCount);
    }

    [Fact]
    public void TryRead_EveryKindOfFault_IsReportedAtOnceWithCellValueAndRules()
    {
        CellFigure[] sent =
        [
            new("1.1", 1, 0),
            new("x", 5, 0),
            new("1.1", 2, 0),
            new("2.1", 1, 500_000_000),
            new("7", 0, 123_450_000),
            new("8.4", 0, 123_450),
            new("3.1", -3, 0),
            new("3.2", 0, -1),
            new("3.3", 1_000_000_001, 0),
            new("4", 1, -1),
            new("5", 0, 1_000_000_000),
        ];

        Assert.False(FigureReader.TryRead(Form, sent, out var figures, out var violations));

        Assert.Equal(Vector.Empty(Form.Cells.Length), figures);
        Assert.Equal(
            [
                ("x", "5", "form 2014 has no such cell"),
                ("1.1", "2", "a cell is given once"),
                ("2.1", "1.5", "a whole number"),
                ("7", "0.12345", "at most 4 decimals"),
                ("8.4", "0.00012345", "at most 4 decimals"),
                ("3.1", "-3", "not negative"),
                ("3.2", "-0.000000001", "not negative"),
                ("3.3", "1000000001", "at most 1000000000"),
                ("4", "0.999999999", "nanos are below 10⁹ in magnitude and have the sign of units"),
                ("5", "1", "nanos are below 10⁹ in magnitude and have the sign of units"),
            ],
            violations.Select(violation => (violation.Cell, violation.Value, violation.RuleEn)));
        Assert.Equal("最多 4 位小数", violations[3].RuleZh);
        Assert.All(violations, violation => Assert.NotEmpty(violation.RuleZh));
    }

    [Fact]
    public void TryRead_AtTheBound_IsTakenAndJustOverItIsNot()
    {
        Assert.True(FigureReader.TryRead(Form, [new("8.4", 100_000_000, 0)], out var figures, out _));
        Assert.Equal(1_000_000_000_000, figures[Form.IndexOf("8.4")]);
        Assert.False(FigureReader.TryRead(Form, [new("8.4", 100_000_000, 100_000)], out _, out var violations));
        Assert.Equal("100000000.0001", Assert.Single(violations).Value);
        Assert.False(FigureReader.TryRead(Form, [new("8.4", long.MaxValue, 0)], out _, out _));
    }

    [Theory]
    [InlineData(123456, 4, 12, 345_600_000)]
    [InlineData(-123456, 4, -12, -345_600_000)]
    [InlineData(7, 0, 7, 0)]
    [InlineData(1, 6, 0, 1_000)]
    [InlineData(long.MaxValue, 0, long.MaxValue, 0)]
    public void FromFixedPoint_Value_IsUnitsAndNanos(long value, int scale, long units, int nanos) =>
        Assert.Equal(new CellFigure("c", units, nanos), CellFigure.FromFixedPoint("c", value, scale));

    [Theory]
    [InlineData("0", 0, "0")]
    [InlineData("5", 4, "0.0005")]
    [InlineData("-5", 1, "-0.5")]
    [InlineData("123456", 4, "12.3456")]
    public void Format_Value_HasExactlyTheDecimals(string value, int scale, string text) =>
        Assert.Equal(text, FixedPoint.Format(Int128.Parse(value, CultureInfo.InvariantCulture), scale));
}
