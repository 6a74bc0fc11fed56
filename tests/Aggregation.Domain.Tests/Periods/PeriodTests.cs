using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Tests.Periods;

public sealed class PeriodTests
{
    [Theory]
    [InlineData("2017", PeriodKind.Year, "2017-01-01", "2017-12-31", "2016")]
    [InlineData("2017Q1", PeriodKind.Quarter, "2017-01-01", "2017-03-31", "2016Q1")]
    [InlineData("2017Q3", PeriodKind.Quarter, "2017-07-01", "2017-09-30", "2016Q3")]
    [InlineData("2017Q4", PeriodKind.Quarter, "2017-10-01", "2017-12-31", "2016Q4")]
    [InlineData("2016-02", PeriodKind.Month, "2016-02-01", "2016-02-29", "2015-02")]
    [InlineData("2017-11", PeriodKind.Month, "2017-11-01", "2017-11-30", "2016-11")]
    [InlineData("9999-12", PeriodKind.Month, "9999-12-01", "9999-12-31", "9998-12")]
    public void Parse_CanonicalText_GivesKindDaysAndTheYearBefore(
        string text, PeriodKind kind, string first, string last, string yearBefore)
    {
        var period = Period.Parse(text);

        Assert.Equal(kind, period.Kind);
        Assert.Equal(DateOnly.ParseExact(first, "yyyy-MM-dd"), period.FirstDay);
        Assert.Equal(DateOnly.ParseExact(last, "yyyy-MM-dd"), period.LastDay);
        Assert.Equal(yearBefore, period.SamePeriodLastYear.ToString());
        Assert.Equal(text, period.ToString());
    }

    [Theory]
    [InlineData("2017", "2016")]
    [InlineData("2017Q3", "2017Q2")]
    [InlineData("2017Q1", "2016Q4")]
    [InlineData("2017-01", "2016-12")]
    [InlineData("2017-12", "2017-11")]
    public void Previous_AnyKind_EndsTheDayBefore(string text, string previous)
    {
        var period = Period.Parse(text);

        Assert.Equal(previous, period.Previous.ToString());
        Assert.Equal(period.FirstDay.AddDays(-1), period.Previous.LastDay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("17")]
    [InlineData("1899")]
    [InlineData(" 2017")]
    [InlineData("2017 ")]
    [InlineData("2017Q0")]
    [InlineData("2017Q5")]
    [InlineData("2017q1")]
    [InlineData("2017-00")]
    [InlineData("2017-13")]
    [InlineData("2017-1")]
    [InlineData("2017-1１")]
    [InlineData("２０１７")]
    [InlineData("2017-11-01")]
    [InlineData("+017")]
    public void Parse_AnyOtherText_IsRefusedWithTextAndRule(string text)
    {
        Assert.False(Period.TryParse(text, out var period));
        Assert.False(period.IsDefined);
        var refused = Assert.Throws<FormatException>(() => Period.Parse(text));
        Assert.Equal(
            $"Period '{text}' is not valid: a period is a year 2017, a quarter 2017Q3 (Q1 to Q4) or a month 2017-11 (01 to 12), from 1900 to 9999.",
            refused.Message);
    }

    [Theory]
    [InlineData("2017", "2017")]
    [InlineData("2017Q1", "2017Q1")]
    [InlineData("2017Q3", "2017Q1 2017Q2 2017Q3")]
    [InlineData("2016-04", "2016-01 2016-02 2016-03 2016-04")]
    public void YearToDate_OfAPeriod_RunsFromTheFirstOfItsKind(string period, string expected) =>
        Assert.Equal(expected, string.Join(' ', Period.Parse(period).YearToDate));

    [Fact]
    public void Of_PartsInRange_EqualsParse()
    {
        Assert.Equal(Period.Parse("2017"), Period.OfYear(2017));
        Assert.Equal(Period.Parse("2017Q3"), Period.OfQuarter(2017, 3));
        Assert.Equal(Period.Parse("2017-11"), Period.OfMonth(2017, 11));
    }

    [Fact]
    public void Of_PartsOutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Period.OfYear(1899));
        Assert.Throws<ArgumentOutOfRangeException>(() => Period.OfQuarter(2017, 5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Period.OfMonth(2017, 0));
    }

    [Fact]
    public void CompareTo_MixedKinds_OrdersByFirstDayThenLongerFirst()
    {
        string[] ordered = ["2016Q4", "2016-12", "2017", "2017Q1", "2017-01", "2017-03", "2017Q2", "2018"];

        var sorted = ordered.Reverse().Select(Period.Parse).Order().Select(period => period.ToString());

        Assert.Equal(ordered, sorted);
        Assert.True(Period.Parse("2017") < Period.Parse("2017Q1"));
        Assert.True(default(Period) < Period.Parse("1900"));
    }
}
