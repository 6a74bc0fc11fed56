using System.Globalization;

namespace Aggregation.Domain.Tasks;

/// <summary>The days of a task, as text and back.</summary>
internal static class TaskDays
{
    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day from 1900 to 2200; null, and a fault, for anything else.</summary>
    public static DateOnly? Read(string text, string field, ICollection<TaskFault> faults)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= CalendarYear.FirstYear and <= CalendarYear.LastYear)
        {
            return day;
        }

        faults.Add(new TaskFault(field, text, "YYYY-MM-DD, 1900–2200", "日期应写作 YYYY-MM-DD，在 1900 至 2200 年之间", "is a day YYYY-MM-DD from 1900 to 2200"));
        return null;
    }
}
