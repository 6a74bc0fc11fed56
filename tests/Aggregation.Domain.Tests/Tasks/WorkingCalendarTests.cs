using System.Globalization;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using FsCheck;
using FsCheck.Fluent;

namespace Aggregation.Domain.Tests.Tasks;

public sealed class WorkingCalendarTests
{
    /// <summary>Spring Festival of 2018 as it was decreed.</summary>
    private static readonly CalendarRow[] SpringFestival =
    [
        new(2, "2018-02-11", "workday"),
        new(3, "2018-02-15", "holiday"),
        new(4, "2018-02-16", "节假日"),
        new(5, "2018-02-17", "holiday"),
        new(6, "2018-02-18", "holiday"),
        new(7, "2018-02-19", "holiday"),
        new(8, "2018-02-20", "holiday"),
        new(9, "2018-02-21", "holiday"),
        new(10, "2018-02-24", "调休上班"),
    ];

    private static Gen<WorkingCalendar> Calendars =>
        from offsets in Gen.Choose(0, 364).ArrayOf(40)
        let days = offsets.Distinct().Select(offset => new DateOnly(2018, 1, 1).AddDays(offset)).ToArray()
        select Read(2018, [.. days.Select((day, i) => new CalendarRow(
            i + 2, Text(day), day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? "workday" : "holiday"))]);

    [Theory]
    [InlineData("2018-02-09", 1, "2018-02-11")]
    [InlineData("2018-02-09", 4, "2018-02-14")]
    [InlineData("2018-02-09", 5, "2018-02-22")]
    [InlineData("2018-02-09", 7, "2018-02-24")]
    [InlineData("2018-02-09", 8, "2018-02-26")]
    public void After_AFestivalWithMakeUpDays_CountsAsDecreed(string from, int count, string expected) =>
        Assert.Equal(Day(expected), Read(2018, SpringFestival).After(Day(from), count));

    [Fact]
    public void After_AYearWithoutDecree_CountsMondayToFriday()
    {
        Assert.Equal(Day("2018-02-16"), WorkingCalendar.Empty.After(Day("2018-02-09"), 5));
        Assert.Equal([2018, 2019], WorkingCalendar.Empty.YearsWithout(Day("2018-12-31"), Day("2019-01-02")));
        Assert.Equal([2019], Read(2018, SpringFestival).YearsWithout(Day("2018-12-31"), Day("2019-01-02")));
    }

    [Fact]
    public void With_AYearAgain_TakesThePlaceOfWhatWasSaid()
    {
        var calendar = Read(2018, SpringFestival).With(new CalendarYear(2018, [Day("2018-02-14")], []));

        Assert.False(calendar.IsWorkingDay(Day("2018-02-14")));
        Assert.False(calendar.IsWorkingDay(Day("2018-02-11")));
        Assert.True(calendar.IsWorkingDay(Day("2018-02-15")));
    }

    [Fact]
    public void After_AnyCalendar_IsTheWorkingDayUntilWhichThereAreSoMany() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(from calendar in Calendars from offset in Gen.Choose(-30, 380) from count in Gen.Choose(1, 60) select (calendar, offset, count)),
        sample =>
        {
            var from = new DateOnly(2018, 1, 1).AddDays(sample.offset);
            var day = sample.calendar.After(from, sample.count);

            return day > from
                && sample.calendar.IsWorkingDay(day)
                && sample.calendar.CountBetween(from, day) == sample.count
                && sample.calendar.CountBetween(from, day.AddDays(-1)) == sample.count - 1;
        }));

    [Fact]
    public void CountBetween_AnyCalendar_AddsUp() => Check.QuickThrowOnFailure(Prop.ForAll(
        Arb.From(from calendar in Calendars from a in Gen.Choose(0, 200) from b in Gen.Choose(0, 200) select (calendar, a, b)),
        sample =>
        {
            var from = new DateOnly(2018, 1, 1);
            var (middle, end) = (from.AddDays(sample.a), from.AddDays(sample.a + sample.b));
            return sample.calendar.CountBetween(from, middle) + sample.calendar.CountBetween(middle, end)
                == sample.calendar.CountBetween(from, end);
        }));

    [Theory]
    [InlineData(2018, "2018-13-01", "holiday", 7, "day", "YYYY-MM-DD")]
    [InlineData(2018, "2019-01-01", "holiday", 7, "day", "in 2018")]
    [InlineData(2018, "2018-01-02", "workday", 7, "day", "a Saturday or Sunday")]
    [InlineData(2018, "2018-01-01", "feast", 7, "kind", "holiday or workday")]
    [InlineData(1899, "1899-01-01", "holiday", 0, "year", "1900–2200")]
    public void Read_AWrongLine_NamesLineAndRule(int year, string day, string kind, int line, string column, string rule)
    {
        var faults = new List<ImportFault>();

        Assert.Null(CalendarReader.Read(year, [new CalendarRow(7, day, kind)], faults));

        var fault = Assert.Single(faults);
        Assert.Equal((line, column, rule), (fault.Line, fault.Column, fault.Rule));
    }

    [Fact]
    public void Read_ADayTwice_NamesTheSecondLine()
    {
        var faults = new List<ImportFault>();

        Assert.Null(CalendarReader.Read(2018, [.. SpringFestival, new CalendarRow(11, "2018-02-15", "holiday")], faults));

        Assert.Equal((11, "2018-02-15", "once"), (faults[0].Line, faults[0].Value, faults[0].Rule));
    }

    [Theory]
    [InlineData("2018-01-26T15:59:59.999Z", "2018-01-26")]
    [InlineData("2018-01-26T16:00:00.000Z", "2018-01-27")]
    public void CivilDay_OfAnInstant_TurnsAtMidnightInChina(string at, string day)
    {
        var instant = DateTimeOffset.Parse(at, CultureInfo.InvariantCulture);

        Assert.Equal(Day(day), CivilDay.Of(instant));
        Assert.Equal(instant >= CivilDay.EndOf(Day("2018-01-26")), day == "2018-01-27");
    }

    private static WorkingCalendar Read(int year, IReadOnlyCollection<CalendarRow> rows)
    {
        var faults = new List<ImportFault>();
        var read = CalendarReader.Read(year, rows, faults);
        Assert.Empty(faults);
        return WorkingCalendar.Empty.With(read!);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
