using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Domain.Periods;
using Aggregation.Domain.Structure;

namespace Aggregation.Domain.Tasks;

/// <summary>
/// Works out once what a task means: which units of the period's tree it obliges, and each one's last day. From then on
/// neither changes with the structure or the calendar.
/// </summary>
public static class TaskPlanner
{
    /// <summary>Most filters, and most deadlines, of one task.</summary>
    public const int MaxRules = 100;

    /// <summary>Longest notice, in days.</summary>
    public const int MaxReminderDays = 60;

    private const int MostNamed = 5;

    /// <param name="text">What is asked for.</param>
    /// <param name="period">The period reported on.</param>
    /// <param name="view">Its tree.</param>
    /// <param name="calendar">By which working days are counted.</param>
    /// <param name="filed">The units whose reports on this form for this period are there already.</param>
    /// <param name="today">The civil day of the opening.</param>
    public static TaskPlan Plan(
        TaskRules text, Period period, TreeView view, WorkingCalendar calendar, IReadOnlySet<string> filed, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(filed);
        var faults = new List<TaskFault>();
        RequireSizes(text, faults);
        if (faults.Count > 0)
        {
            return new TaskPlan { Faults = [.. faults] };
        }

        var opensOn = text.OpensOn.Length == 0 ? today : TaskDays.Read(text.OpensOn, "opens_on", faults) ?? today;
        var obliged = text.Obliged.Select((filter, i) => UnitFilter.Read(filter, Name("obliged", i), view, faults)).ToList();
        var deadlines = text.Deadlines
            .Select((rule, i) => DeadlineRule.Read(rule, Name("deadlines", i), view, period, opensOn, calendar, faults)).ToList();
        if (faults.Count > 0)
        {
            return new TaskPlan { Faults = [.. faults] };
        }

        return Freeze(view, obliged, deadlines, calendar, filed, opensOn);
    }

    /// <summary>The last day of a unit that was not on a task's list: by the task's rules, and the latest where none is for it.</summary>
    public static DateOnly DeadlineOf(ReportingTask task, string unit, Period period, TreeView view, WorkingCalendar calendar)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(view);
        var rules = task.Rules.Deadlines
            .Select((rule, i) => DeadlineRule.Read(rule, Name("deadlines", i), view, period, task.OpensOn, calendar, [])).ToList();
        return view.TryFind(unit, out var found) && rules.Find(rule => rule.Units.TakesIn(found)) is { } first
            ? first.Day
            : rules.Max(rule => rule.Day);
    }

    /// <summary>How many units of a list there are of each kind, level and last day, and how many of them have filed.</summary>
    public static ImmutableArray<TaskRow> Rows(TreeView view, ObligedUnits list, IReadOnlySet<string> filed)
    {
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(filed);
        var rows = new Dictionary<(UnitLevel Level, UnitKind Kind, DateOnly Day), (int Units, int Filed)>();
        foreach (var unit in view.PreOrder())
        {
            if (list.TryGetDeadline(unit.Code, out var day))
            {
                var row = (UnitFilter.LevelOf(view, unit), unit.Kind, day);
                var (count, done) = rows.GetValueOrDefault(row);
                rows[row] = (count + 1, done + (filed.Contains(unit.Code) ? 1 : 0));
            }
        }

        return [.. rows.OrderBy(row => row.Key).Select(row => new TaskRow(row.Key.Kind, row.Key.Level, row.Key.Day, row.Value.Units, row.Value.Filed))];
    }

    private static TaskPlan Freeze(
        TreeView view, List<UnitFilter> obliged, List<DeadlineRule> deadlines, WorkingCalendar calendar, IReadOnlySet<string> filed,
        DateOnly opensOn)
    {
        var byDay = new SortedDictionary<DateOnly, List<string>>();
        var outside = ImmutableArray.CreateBuilder<string>();
        var without = new List<string>();
        var latest = deadlines.Max(rule => rule.Day);
        foreach (var unit in view.PreOrder())
        {
            var isObliged = obliged.Count == 0 || obliged.Exists(filter => filter.TakesIn(unit));
            if (!isObliged && !filed.Contains(unit.Code))
            {
                continue;
            }

            var rule = deadlines.Find(rule => rule.Units.TakesIn(unit));
            if (rule is null && isObliged)
            {
                without.Add(unit.Code);
                continue;
            }

            if (!isObliged)
            {
                outside.Add(unit.Code);
            }

            Put(rule?.Day ?? latest, unit.Code);
        }

        if (without.Count > 0 || byDay.Count == 0)
        {
            return new TaskPlan { Faults = [without.Count > 0 ? NoDeadline(without) : Nobody()] };
        }

        // A unit may stand in other trees only, and count there.
        foreach (var unit in filed.Where(unit => !view.TryFind(unit, out _)).Order(StringComparer.Ordinal))
        {
            outside.Add(unit);
            Put(latest, unit);
        }

        return new TaskPlan
        {
            Faults = [],
            OpensOn = opensOn,
            Groups = [.. byDay.Select(day => new DeadlineGroup(day.Key, [.. day.Value]))],
            FiledOutside = outside.ToImmutable(),
            YearsWithoutCalendar =
            [
                .. deadlines.Where(rule => rule.CountedFrom is not null)
                    .SelectMany(rule => calendar.YearsWithout(rule.CountedFrom!.Value.AddDays(1), rule.Day)).Distinct().Order(),
            ],
        };

        void Put(DateOnly day, string unit)
        {
            if (!byDay.TryGetValue(day, out var units))
            {
                byDay.Add(day, units = []);
            }

            units.Add(unit);
        }
    }

    private static void RequireSizes(TaskRules text, List<TaskFault> faults)
    {
        RequireRules("obliged", text.Obliged.Length, 0, faults);
        RequireRules("deadlines", text.Deadlines.Length, 1, faults);
        if (text.ReminderDays is < 0 or > MaxReminderDays)
        {
            faults.Add(new TaskFault("reminder_days", text.ReminderDays.ToString(CultureInfo.InvariantCulture), "0–60",
                "提前催报天数应为 0 至 60", "is 0 to 60 days"));
        }
    }

    private static void RequireRules(string field, int count, int least, List<TaskFault> faults)
    {
        if (count < least || count > MaxRules)
        {
            faults.Add(new TaskFault(field, count.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{least}–{MaxRules}"),
                $"应有 {least} 至 {MaxRules} 条", $"has {least} to {MaxRules} rules"));
        }
    }

    private static TaskFault NoDeadline(List<string> units) => new(
        "deadlines", string.Join(' ', units.Take(MostNamed)) + (units.Count > MostNamed ? " …" : ""), "a deadline for every obliged unit",
        $"{units.Count} 个应报单位没有期限", string.Create(CultureInfo.InvariantCulture, $"leaves {units.Count} obliged units without a last day"));

    private static TaskFault Nobody() => new(
        "obliged", "", "at least one unit", "没有单位应报", "obliges no unit of the period's tree");

    private static string Name(string list, int place) => string.Create(CultureInfo.InvariantCulture, $"{list}[{place}]");
}
