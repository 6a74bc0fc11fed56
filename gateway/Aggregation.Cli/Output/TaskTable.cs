using System.Globalization;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Tasks, obligations and calendars, for people.</summary>
internal static class TaskTable
{
    public static void Show(IAnsiConsole screen, OpenTaskResponse opened, bool isDryRun)
    {
        var table = new Table().RoundedBorder().AddColumns("级别 level", "类别 kind", "期限 last day");
        table.AddColumn(new TableColumn("应报 obliged").RightAligned());
        table.AddColumn(new TableColumn("已报 filed").RightAligned());
        foreach (var row in opened.Rows)
        {
            table.AddRow(row.Level.Length == 0 ? "—" : row.Level, row.Kind, row.Deadline, Number(row.Units), Number(row.Filed));
        }

        screen.Write(table);
        Line(screen, $"{(isDryRun ? "Would oblige" : "Obliges")} {opened.Task.Units} units from {opened.Task.OpensOn} to {opened.Task.LastDeadline}.");
        if (opened.FiledOutsideCount > 0)
        {
            var more = opened.FiledOutsideCount > opened.FiledOutside.Count ? " …" : "";
            Line(screen, $"Not obliged by any rule, and on the list because they have filed: {opened.FiledOutsideCount} ({string.Join(' ', opened.FiledOutside)}{more}).");
        }

        foreach (var year in opened.YearsWithoutCalendar)
        {
            Line(screen, $"No calendar was set for {year}: its working days were counted as Monday to Friday.");
        }
    }

    public static void Show(IAnsiConsole screen, IEnumerable<ReportingTask> tasks)
    {
        var table = new Table().RoundedBorder().AddColumns("报表 form", "报告期 period", "开放 opens", "期限 last days");
        table.AddColumn(new TableColumn("应报 obliged").RightAligned());
        table.AddColumn(new TableColumn("延期 extended").RightAligned());
        foreach (var task in tasks)
        {
            table.AddRow(
                Markup.Escape(task.Form), Markup.Escape(task.Period), task.OpensOn, $"{task.FirstDeadline} – {task.LastDeadline}",
                Number(task.Units), Number(task.Extensions));
        }

        screen.Write(table);
    }

    public static void Show(IAnsiConsole screen, ReportingTask task)
    {
        Show(screen, [task]);
        foreach (var filter in task.Rules.Obliged)
        {
            Line(screen, $"应报 obliged: {Words(filter)}");
        }

        foreach (var rule in task.Rules.Deadlines)
        {
            Line(screen, $"期限 last day: {Words(rule.Units)} = {Day(rule)}");
        }

        Line(screen, $"催报 reminded from {task.Rules.ReminderDays} days before; opened by {task.Actor} on structure {task.StructureVersion}.");
    }

    public static void Show(IAnsiConsole screen, ObligationsResponse answer)
    {
        Show(screen, answer.Obligations);
        Line(screen, Words(answer.Counts));
        if (answer.HasMore)
        {
            Line(screen, $"There are more: --after {answer.Obligations[^1].Unit}");
        }
    }

    public static void Show(IAnsiConsole screen, IEnumerable<Obligation> obligations)
    {
        var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name", "状态 state", "期限 last day", "首报 first filed", "");
        foreach (var unit in obligations)
        {
            table.AddRow(
                Markup.Escape(unit.Unit), Markup.Escape(unit.UnitName), State(unit), Markup.Escape(Deadline(unit)),
                unit.FiledAt is null ? "—" : unit.FiledAt.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture), Flags(unit));
        }

        screen.Write(table);
    }

    public static void Show(IAnsiConsole screen, WorkingCalendar calendar)
    {
        Line(screen, calendar.Known
            ? $"{calendar.Year}: {calendar.WorkingDays} working days."
            : $"{calendar.Year}: nothing was said of it; Monday to Friday are worked, {calendar.WorkingDays} days.");
        if (calendar.Known)
        {
            Line(screen, $"节假日 holidays: {string.Join(' ', calendar.Holidays)}");
            Line(screen, $"调休上班 make-up workdays: {string.Join(' ', calendar.Workdays)}");
        }
    }

    public static string Words(ObligationCounts counts) =>
        $"应报 {counts.Expected} · 已报 {counts.Filed} · 已审 {counts.Accepted} · 退回 {counts.Returned} · 零报告 {counts.Nil} · 迟报 {counts.Late} · "
        + $"未报 {counts.Missing} · 待报 {counts.Open} · 待催报 {counts.Due} · 延期 {counts.Extended}";

    private static string State(Obligation unit) => (unit.State, unit.Nil) switch
    {
        (FilingState.None, _) => "—",
        (FilingState.Returned, _) => "退回 returned",
        (_, true) => "零报告 nil",
        (FilingState.Accepted, _) => "已审 accepted",
        _ => "已报 submitted",
    };

    private static string Deadline(Obligation unit) =>
        unit.Extension is null ? unit.Deadline : $"{unit.Deadline}（延期：{unit.Extension.Reason}）";

    private static string Flags(Obligation unit) =>
        unit.Missing ? "未报 missing" : unit.Late ? "迟报 late" : unit.Due ? "待催报 due" : "";

    private static string Words(UnitFilter? filter)
    {
        if (filter is null)
        {
            return "*";
        }

        var words = filter.Kinds.Concat(filter.Levels).Concat(filter.Units.Select(unit => $"unit:{unit}"));
        var all = string.Join(',', filter.Under.Length == 0 ? words : words.Append($"under:{filter.Under}"));
        return all.Length == 0 ? "*" : all;
    }

    private static string Day(DeadlineRule rule) => rule.DeadlineCase switch
    {
        DeadlineRule.DeadlineOneofCase.AfterPeriod => $"period+{rule.AfterPeriod}",
        DeadlineRule.DeadlineOneofCase.AfterOpening => $"opening+{rule.AfterOpening}",
        _ => rule.Date,
    };

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Line(IAnsiConsole screen, string text) => screen.Write(new Text(text + "\n"));
}
