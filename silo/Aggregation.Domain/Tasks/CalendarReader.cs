using System.Globalization;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Tasks;

/// <summary>Reads a year's holidays and make-up workdays, naming every fault by its line.</summary>
public static class CalendarReader
{
    /// <summary>More days than a year has cannot be meant.</summary>
    public const int MaxRows = 366;

    /// <returns>The year, or null with at least one fault.</returns>
    public static CalendarYear? Read(int year, IReadOnlyCollection<CalendarRow> rows, ICollection<ImportFault> faults)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(faults);
        var before = faults.Count;
        if (year is < CalendarYear.FirstYear or > CalendarYear.LastYear)
        {
            faults.Add(new ImportFault(0, "year", year.ToString(CultureInfo.InvariantCulture), "1900–2200", "年份应为 1900 至 2200", "a calendar is for a year from 1900 to 2200"));
            return null;
        }

        if (rows.Count > MaxRows)
        {
            faults.Add(new ImportFault(
                0, "", rows.Count.ToString(CultureInfo.InvariantCulture), "<= 366", "一年最多 366 天", "a year has at most 366 days"));
            return null;
        }

        var days = new SortedDictionary<DateOnly, bool>();
        foreach (var row in rows)
        {
            ReadRow(year, row, days, faults);
        }

        return faults.Count > before ? null : new CalendarYear(
            year,
            [.. days.Where(day => day.Value).Select(day => day.Key)],
            [.. days.Where(day => !day.Value).Select(day => day.Key)]);
    }

    private static void ReadRow(int year, CalendarRow row, SortedDictionary<DateOnly, bool> days, ICollection<ImportFault> faults)
    {
        bool? isHoliday = row.Kind switch
        {
            "holiday" or "节假日" => true,
            "workday" or "调休上班" => false,
            _ => null,
        };
        if (isHoliday is null)
        {
            faults.Add(new ImportFault(
                row.Line, "kind", row.Kind, "holiday or workday", "类别应为 holiday（节假日）或 workday（调休上班）", "is holiday or workday"));
        }

        if (!DayText.TryRead(row.Day, out var day))
        {
            faults.Add(new ImportFault(row.Line, "day", row.Day, "YYYY-MM-DD", "日期应写作 YYYY-MM-DD", "a day is written YYYY-MM-DD"));
            return;
        }

        if (day.Year != year)
        {
            faults.Add(new ImportFault(
                row.Line, "day", row.Day, string.Create(CultureInfo.InvariantCulture, $"in {year}"),
                "日期不在该年份之内", string.Create(CultureInfo.InvariantCulture, $"is not in {year}")));
        }
        else if (isHoliday == false && !WorkingCalendar.IsWeekend(day))
        {
            faults.Add(new ImportFault(
                row.Line, "day", row.Day, "a Saturday or Sunday", "调休上班日应为星期六或星期日", "is worked anyway: a make-up workday is a Saturday or Sunday"));
        }
        else if (isHoliday is { } holiday && !days.TryAdd(day, holiday))
        {
            faults.Add(new ImportFault(row.Line, "day", row.Day, "once", "同一日期只能出现一次", "is given twice"));
        }
    }
}
