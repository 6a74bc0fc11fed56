using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Tasks;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Gateway.Mapping;

/// <summary>Tasks and obligations, between the wire and the contracts.</summary>
internal static class TaskMapping
{
    private const int StandardLimit = 1000;

    public static OpenTaskCommand Open(V1.OpenTaskRequest request) => new()
    {
        Form = LedgerMapping.Code("form", request.Form),
        Period = LedgerMapping.Code("period", request.Period),
        Rules = Rules(request.Rules ?? throw Faults.Refuse(Faults.Missing("rules"))),
        DryRun = request.DryRun,
    };

    public static ObligationScope Scope(string form, string period, string tree, string unit) => new()
    {
        Form = LedgerMapping.Code("form", form),
        Period = LedgerMapping.Code("period", period),
        Tree = LedgerMapping.Tree("tree", tree),
        Under = LedgerMapping.Code("unit", unit),
    };

    public static ObligationsQuery Query(V1.ObligationsRequest request) => new()
    {
        Scope = Scope(request.Form, request.Period, request.Tree, request.Unit),
        Only = [.. request.Only.Select(Filter)],
        AfterUnit = request.AfterUnit.Length == 0 ? "" : LedgerMapping.Code("after_unit", request.AfterUnit),
        Limit = request.Limit switch
        {
            0 => StandardLimit,
            >= 1 and <= ObligationsQuery.MostUnits => request.Limit,
            _ => throw Faults.Refuse(Faults.OutOfRange("limit", request.Limit, 0, ObligationsQuery.MostUnits)),
        },
    };

    public static V1.OpenTaskResponse Opened(TaskOpened opened)
    {
        var reply = new V1.OpenTaskResponse { Task = Task(opened.Task), FiledOutsideCount = opened.FiledOutsideCount };
        reply.Rows.AddRange(opened.Rows.Select(row => new V1.TaskRow
        {
            Kind = UnitWords.Of(row.Kind), Level = UnitWords.Of(row.Level), Deadline = LedgerMapping.Text(row.Deadline), Units = row.Units, Filed = row.Filed,
        }));
        reply.FiledOutside.AddRange(opened.FiledOutside);
        reply.YearsWithoutCalendar.AddRange(opened.YearsWithoutCalendar);
        return reply;
    }

    public static V1.ReportingTask Task(TaskView task) => new()
    {
        Form = task.Form,
        Period = task.Period,
        Rules = Rules(task.Rules),
        OpensOn = LedgerMapping.Text(task.OpensOn),
        Units = task.Units,
        FirstDeadline = LedgerMapping.Text(task.FirstDeadline),
        LastDeadline = LedgerMapping.Text(task.LastDeadline),
        Extensions = task.Extensions,
        StructureVersion = task.StructureVersion,
        OpenedAt = Timestamp.FromDateTimeOffset(task.OpenedAt),
        Actor = task.OpenedBy,
    };

    public static V1.ObligationsResponse Page(ObligationsPage page)
    {
        var reply = new V1.ObligationsResponse { HasMore = page.HasMore, Counts = Counts(page.Counts) };
        reply.Obligations.AddRange(page.Units.Select(Obligation));
        return reply;
    }

    public static V1.Obligation Obligation(ObligationView view) => new()
    {
        Unit = view.Unit,
        UnitName = view.UnitName,
        State = view.State switch
        {
            FilingState.None => V1.FilingState.None,
            FilingState.Submitted => V1.FilingState.Submitted,
            FilingState.Accepted => V1.FilingState.Accepted,
            _ => V1.FilingState.Returned,
        },
        Nil = view.Nil,
        Deadline = LedgerMapping.Text(view.Deadline),
        Extension = view.Extension is null ? null : new V1.Extension
        {
            Deadline = LedgerMapping.Text(view.Extension.Deadline),
            Reason = view.Extension.Reason,
            At = Timestamp.FromDateTimeOffset(view.Extension.At),
            Actor = view.Extension.Actor,
        },
        Late = view.IsLate,
        Missing = view.IsMissing,
        Due = view.IsDue,
        FiledAt = view.FiledAt is { } at ? Timestamp.FromDateTimeOffset(at) : null,
        Revision = view.Revision,
    };

    public static V1.ObligationCounts Counts(ObligationCounts counts) => new()
    {
        Expected = counts.Expected,
        Filed = counts.Filed,
        Accepted = counts.Accepted,
        Returned = counts.Returned,
        Nil = counts.Nil,
        Late = counts.Late,
        Missing = counts.Missing,
        Open = counts.Open,
        Due = counts.Due,
        Extended = counts.Extended,
    };

    public static V1.WorkingCalendar Calendar(CalendarView calendar)
    {
        var reply = new V1.WorkingCalendar { Year = calendar.Year, Known = calendar.IsKnown, WorkingDays = calendar.WorkingDays };
        reply.Holidays.AddRange(calendar.Holidays.Select(Text));
        reply.Workdays.AddRange(calendar.Workdays.Select(Text));
        return reply;

        static string Text(DateOnly day) => LedgerMapping.Text(day);
    }

    private static ObligationFilter Filter(V1.ObligationFilter filter) => filter switch
    {
        V1.ObligationFilter.Filed => ObligationFilter.Filed,
        V1.ObligationFilter.Unfiled => ObligationFilter.Unfiled,
        V1.ObligationFilter.Missing => ObligationFilter.Missing,
        V1.ObligationFilter.Late => ObligationFilter.Late,
        V1.ObligationFilter.Due => ObligationFilter.Due,
        V1.ObligationFilter.Returned => ObligationFilter.Returned,
        V1.ObligationFilter.Extended => ObligationFilter.Extended,
        _ => throw Faults.Refuse(Faults.OutOfRange("only", (long)filter, 1, 7)),
    };

    private static TaskRules Rules(V1.TaskRules rules) => new()
    {
        Tree = LedgerMapping.Tree("rules.tree", rules.Tree),
        OpensOn = rules.OpensOn,
        Obliged = [.. rules.Obliged.Select(Filter)],
        Deadlines = [.. rules.Deadlines.Select(Deadline)],
        ReminderDays = rules.ReminderDays,
    };

    private static FilterText Filter(V1.UnitFilter? filter) => filter is null
        ? FilterText.Everything
        : new FilterText([.. filter.Kinds], [.. filter.Levels], filter.Under, [.. filter.Units]);

    /// <exception cref="RefusedException">Working days that count as not given would be taken for an absent deadline.</exception>
    private static DeadlineText Deadline(V1.DeadlineRule rule, int place)
    {
        var field = string.Create(CultureInfo.InvariantCulture, $"rules.deadlines[{place}]");
        var (name, days) = rule.DeadlineCase switch
        {
            V1.DeadlineRule.DeadlineOneofCase.AfterPeriod => ("after_period", rule.AfterPeriod),
            V1.DeadlineRule.DeadlineOneofCase.AfterOpening => ("after_opening", rule.AfterOpening),
            _ => ("", 1),
        };
        return days != 0
            ? new DeadlineText(Filter(rule.Units), rule.Date, rule.AfterPeriod, rule.AfterOpening)
            : throw Faults.Refuse(Faults.OutOfRange($"{field}.{name}", days, 1, 366));
    }

    private static V1.TaskRules Rules(TaskRules rules)
    {
        var reply = new V1.TaskRules { Tree = rules.Tree, OpensOn = rules.OpensOn, ReminderDays = rules.ReminderDays };
        reply.Obliged.AddRange(rules.Obliged.Select(Filter));
        reply.Deadlines.AddRange(rules.Deadlines.Select(Deadline));
        return reply;
    }

    private static V1.UnitFilter Filter(FilterText filter)
    {
        var reply = new V1.UnitFilter { Under = filter.Under };
        reply.Kinds.AddRange(filter.Kinds);
        reply.Levels.AddRange(filter.Levels);
        reply.Units.AddRange(filter.Units);
        return reply;
    }

    private static V1.DeadlineRule Deadline(DeadlineText rule)
    {
        var reply = new V1.DeadlineRule { Units = Filter(rule.Units) };
        if (rule.AfterPeriod > 0)
        {
            reply.AfterPeriod = rule.AfterPeriod;
        }
        else if (rule.AfterOpening > 0)
        {
            reply.AfterOpening = rule.AfterOpening;
        }
        else
        {
            reply.Date = rule.Date;
        }

        return reply;
    }
}
