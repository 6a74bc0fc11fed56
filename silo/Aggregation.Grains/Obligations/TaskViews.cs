using Aggregation.Contracts.Obligations;
using Aggregation.Domain.Obligations;
using Aggregation.Domain.Structure;
using DomainObligation = Aggregation.Domain.Obligations.Obligation;

namespace Aggregation.Grains.Obligations;

/// <summary>Tasks between the contracts and the domain.</summary>
internal static class TaskViews
{
    public static TaskText ToText(TaskRules rules) => new()
    {
        Tree = rules.Tree,
        OpensOn = rules.OpensOn,
        Obliged = [.. rules.Obliged.Select(ToText)],
        Deadlines = [.. rules.Deadlines.Select(rule => new DeadlineText(ToText(rule.Units), rule.Date, rule.AfterPeriod, rule.AfterOpening))],
        ReminderDays = rules.ReminderDays,
    };

    public static TaskView View(ReportingTask task)
    {
        var (first, last) = (DateOnly.MaxValue, DateOnly.MinValue);
        foreach (var unit in task.Units.Codes)
        {
            task.Units.TryGetDeadline(unit, out var day);
            (first, last) = (day < first ? day : first, day > last ? day : last);
        }

        return new TaskView
        {
            Form = task.Form,
            Period = task.Period,
            Rules = ToRules(task.Text),
            OpensOn = task.OpensOn,
            Units = task.Units.Count,
            FirstDeadline = first,
            LastDeadline = last,
            Extensions = task.Extensions.Count,
            StructureVersion = task.StructureVersion,
            OpenedAt = task.OpenedAt,
            OpenedBy = task.OpenedBy,
        };
    }

    public static TaskRow Row(PlanRow row) => new(
        row.Kind.ToString().ToLowerInvariant(),
        row.Level == UnitLevel.None ? "" : row.Level.ToString().ToLowerInvariant(),
        row.Deadline, row.Units, row.Filed);

    public static ObligationView View(Unit unit, DomainObligation owed, Filing filing, DateTimeOffset now) => new()
    {
        Unit = unit.Code,
        UnitName = unit.Name,
        State = filing.State,
        Nil = filing.Nil,
        Deadline = owed.Deadline,
        Extension = owed.Extension is { } granted ? new ExtensionView(granted.Deadline, granted.Reason, granted.At, granted.By) : null,
        IsLate = owed.IsLate,
        IsMissing = owed.IsMissing(now),
        IsDue = owed.IsDue(now),
        FiledAt = filing.FiledAt,
        Revision = filing.Revision,
    };

    public static CalendarView Calendar(WorkingCalendar calendar, int year)
    {
        var known = calendar.Find(year);
        return new CalendarView(
            year, known is not null, known?.Holidays ?? [], known?.Workdays ?? [],
            calendar.CountBetween(new DateOnly(year, 1, 1).AddDays(-1), new DateOnly(year, 12, 31)));
    }

    private static TaskRules ToRules(TaskText text) => new()
    {
        Tree = text.Tree,
        OpensOn = text.OpensOn,
        Obliged = [.. text.Obliged.Select(ToFilter)],
        Deadlines = [.. text.Deadlines.Select(rule => new DeadlineRule(ToFilter(rule.Units), rule.Date, rule.AfterPeriod, rule.AfterOpening))],
        ReminderDays = text.ReminderDays,
    };

    private static FilterText ToText(UnitFilter filter) => new(filter.Kinds, filter.Levels, filter.Under, filter.Units);

    private static UnitFilter ToFilter(FilterText filter) => new(filter.Kinds, filter.Levels, filter.Under, filter.Units);
}
