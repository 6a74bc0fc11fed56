using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using DomainObligation = Aggregation.Domain.Tasks.Obligation;

namespace Aggregation.Grains.Tasks;

/// <summary>Tasks between the contracts and the domain.</summary>
internal static class TaskViews
{
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
            Rules = task.Rules,
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
}
