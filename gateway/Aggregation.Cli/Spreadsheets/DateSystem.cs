using System.Globalization;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Which day the number of a date counts from. A workbook says so; the Macintosh's began in 1904.</summary>
internal sealed class DateSystem
{
    /// <summary>Day 1 is 1900-01-01, and 60 a day that never was, so that from 61 on they count from 1899-12-30.</summary>
    public static readonly DateSystem Of1900 = new(new DateTime(1899, 12, 30), first: 61);

    /// <summary>Day 0 is 1904-01-01.</summary>
    public static readonly DateSystem Of1904 = new(new DateTime(1904, 1, 1), first: 0);

    private static readonly DateTime End = new(2200, 1, 1);

    private readonly DateTime _start;
    private readonly double _first;

    private DateSystem(DateTime start, double first) => (_start, _first) = (start, first);

    /// <summary>The day and time of day that a number stands for, to the second; null for none before the year 2200.</summary>
    /// <param name="from">The least number that is taken for a day.</param>
    public DateTime? Read(string number, double from = 0) =>
        double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days >= Math.Max(_first, from) && days < (End - _start).TotalDays
            ? _start.AddSeconds(Math.Round(days * 86_400))
            : null;

    /// <summary>As cells hold it: the day, and the time where it is not midnight.</summary>
    public static string Write(DateTime time) =>
        time.ToString(time.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
