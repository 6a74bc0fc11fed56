using System.Globalization;
using Aggregation.Domain.Tasks;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>Tasks, extensions and calendars between the tenant's stream and the domain.</summary>
internal static class TaskEntries
{
    public static ReportingTask ReadOpened(StoredEntry stored) =>
        Read(TaskOpenedEntry.Parser.ParseFrom(stored.Payload.Span), stored.At, stored.Actor);

    public static ReportingTask Read(TaskOpenedEntry entry, DateTimeOffset at, string actor) => new()
    {
        Form = entry.Form,
        Period = entry.Period,
        Rules = Read(entry.Text),
        OpensOn = Day(entry.OpensOn),
        Units = ObligedUnits.Empty.With(entry.Groups.Select(Read)),
        StructureVersion = entry.StructureVersion,
        OpenedAt = at,
        OpenedBy = actor,
    };

    public static ReportingTasks WithUnits(ReportingTasks tasks, StoredEntry stored)
    {
        var entry = TaskUnitsAddedEntry.Parser.ParseFrom(stored.Payload.Span);
        return tasks.TryFind(entry.Form, entry.Period, out var task)
            ? tasks.With(task with { Units = task.Units.With(entry.Groups.Select(Read)) })
            : tasks;
    }

    public static ReportingTasks WithoutTask(ReportingTasks tasks, StoredEntry stored)
    {
        var entry = TaskCancelledEntry.Parser.ParseFrom(stored.Payload.Span);
        return tasks.Without(entry.Form, entry.Period);
    }

    public static ReportingTasks WithExtension(ReportingTasks tasks, StoredEntry stored)
    {
        var entry = ExtensionGrantedEntry.Parser.ParseFrom(stored.Payload.Span);
        return tasks.TryFind(entry.Form, entry.Period, out var task)
            ? tasks.With(task with
            {
                Extensions = task.Extensions.SetItem(
                    entry.Unit, new Extension(Day(entry.Deadline), entry.Reason, stored.At, stored.Actor)),
            })
            : tasks;
    }

    public static CalendarYear ReadCalendar(StoredEntry stored)
    {
        var entry = CalendarSetEntry.Parser.ParseFrom(stored.Payload.Span);
        return new CalendarYear(entry.Year, [.. entry.Holidays.Select(Day)], [.. entry.Workdays.Select(Day)]);
    }

    public static CalendarSetEntry Write(CalendarYear year) => new()
    {
        Year = year.Year, Holidays = { year.Holidays.Select(Text) }, Workdays = { year.Workdays.Select(Text) },
    };

    public static TaskTextEntry Write(TaskRules text) => new()
    {
        Tree = text.Tree,
        OpensOn = text.OpensOn,
        Obliged = { text.Obliged.Select(Write) },
        Deadlines =
        {
            text.Deadlines.Select(rule => new DeadlineRuleEntry
            {
                Units = Write(rule.Units), Date = rule.Date, AfterPeriod = rule.AfterPeriod, AfterOpening = rule.AfterOpening,
            }),
        },
        ReminderDays = text.ReminderDays,
    };

    public static DeadlineGroupEntry Write(DeadlineGroup group) => new() { Deadline = Text(group.Deadline), Units = { group.Units } };

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DeadlineGroup Read(DeadlineGroupEntry group) => new(Day(group.Deadline), [.. group.Units]);

    private static TaskRules Read(TaskTextEntry text) => new()
    {
        Tree = text.Tree,
        OpensOn = text.OpensOn,
        Obliged = [.. text.Obliged.Select(Read)],
        Deadlines = [.. text.Deadlines.Select(rule => new DeadlineText(Read(rule.Units), rule.Date, rule.AfterPeriod, rule.AfterOpening))],
        ReminderDays = text.ReminderDays,
    };

    private static UnitFilterEntry Write(FilterText filter) => new()
    {
        Kinds = { filter.Kinds }, Levels = { filter.Levels }, Under = filter.Under, Units = { filter.Units },
    };

    private static FilterText Read(UnitFilterEntry filter) => new(
        [.. filter.Kinds], [.. filter.Levels], filter.Under, [.. filter.Units]);
}
