using System.Collections.Immutable;

namespace Aggregation.Domain.Tasks;

/// <summary>
/// 工作日历: which days are worked. A year for which nothing is decreed has its weeks as they are, Monday to Friday worked;
/// <see cref="YearsWithout"/> tells of such years. Immutable.
/// </summary>
public sealed class WorkingCalendar
{
    private readonly ImmutableSortedDictionary<int, CalendarYear> years;
    private readonly ImmutableHashSet<DateOnly> holidays;
    private readonly ImmutableHashSet<DateOnly> workdays;

    private WorkingCalendar(ImmutableSortedDictionary<int, CalendarYear> years)
    {
        this.years = years;
        holidays = [.. years.Values.SelectMany(year => year.Holidays)];
        workdays = [.. years.Values.SelectMany(year => year.Workdays)];
    }

    /// <summary>No year's decree is known.</summary>
    public static WorkingCalendar Empty { get; } = new(ImmutableSortedDictionary<int, CalendarYear>.Empty);

    /// <summary>The calendar with what is decreed for a year, in place of what was before.</summary>
    public WorkingCalendar With(CalendarYear year)
    {
        ArgumentNullException.ThrowIfNull(year);
        return new WorkingCalendar(years.SetItem(year.Year, year));
    }

    /// <summary>What is decreed for a year; null where nothing is known.</summary>
    public CalendarYear? Find(int year) => years.GetValueOrDefault(year);

    public bool IsWorkingDay(DateOnly day) => IsWeekend(day) ? workdays.Contains(day) : !holidays.Contains(day);

    /// <summary>The n-th working day after a day.</summary>
    /// <param name="day">Not counted itself.</param>
    /// <param name="count">1 or more.</param>
    public DateOnly After(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
            {
                count--;
            }
        }

        return day;
    }

    /// <summary>How many working days come after one day, up to and with another; 0 where the other is not later.</summary>
    public int CountBetween(DateOnly after, DateOnly through)
    {
        var count = 0;
        while (after < through)
        {
            after = after.AddDays(1);
            count += IsWorkingDay(after) ? 1 : 0;
        }

        return count;
    }

    /// <summary>The years of a stretch of days for which nothing is decreed.</summary>
    public IEnumerable<int> YearsWithout(DateOnly from, DateOnly through)
    {
        for (var year = from.Year; year <= through.Year; year++)
        {
            if (!years.ContainsKey(year))
            {
                yield return year;
            }
        }
    }

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
}
