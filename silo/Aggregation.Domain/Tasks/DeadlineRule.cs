using System.Globalization;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>A <see cref="DeadlineText"/> read: which units it is for, and the day that it comes to.</summary>
internal sealed class DeadlineRule
{
    private const int MostDays = 366;

    private DeadlineRule(UnitFilter units) => Units = units;

    public UnitFilter Units { get; }

    /// <summary>Meaningless where a fault was found.</summary>
    public DateOnly Day { get; private set; }

    /// <summary>The day from which working days were counted; null where a date was given.</summary>
    public DateOnly? CountedFrom { get; private set; }

    public static DeadlineRule Read(
        DeadlineText text, string field, TreeView view, Period period, DateOnly opensOn, WorkingCalendar calendar, ICollection<TaskFault> faults)
    {
        var rule = new DeadlineRule(UnitFilter.Read(text.Units, $"{field}.units", view, faults));
        var given = (text.Date.Length > 0 ? 1 : 0) + (text.AfterPeriod != 0 ? 1 : 0) + (text.AfterOpening != 0 ? 1 : 0);
        if (given != 1)
        {
            faults.Add(new TaskFault(field, given.ToString(CultureInfo.InvariantCulture), "date, after_period or after_opening",
                "期限应给出日期，或报告期结束、任务开启后的工作日数，三者取一",
                "gives one of a date, working days after the period, working days after the opening"));
        }
        else if (text.Date.Length > 0)
        {
            rule.Day = TaskDays.Read(text.Date, $"{field}.date", faults) ?? opensOn;
        }
        else
        {
            var (name, days, from) = text.AfterPeriod != 0
                ? ("after_period", text.AfterPeriod, period.LastDay)
                : ("after_opening", text.AfterOpening, opensOn);
            rule.Count(name, days, from, field, calendar, faults);
        }

        if (rule.Day < opensOn && given == 1)
        {
            faults.Add(new TaskFault(field, TaskDays.Text(rule.Day), $">= {TaskDays.Text(opensOn)}",
                "期限不得早于任务开启日", "is before the first day on which may be filed"));
        }

        return rule;
    }

    private void Count(
        string name, int days, DateOnly from, string field, WorkingCalendar calendar, ICollection<TaskFault> faults)
    {
        if (days is < 1 or > MostDays || from.Year > CalendarYear.LastYear)
        {
            Day = DateOnly.MaxValue;
            faults.Add(new TaskFault($"{field}.{name}", days.ToString(CultureInfo.InvariantCulture), "1–366, until 2200",
                "工作日数应为 1 至 366，且不晚于 2200 年", "is 1 to 366 working days, from a day until 2200"));
        }
        else
        {
            Day = calendar.After(from, days);
            CountedFrom = from;
        }
    }
}
