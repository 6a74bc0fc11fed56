using System.Globalization;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Checks of an office 审核公式, and what one found when it was tried.</summary>
internal static class CheckTable
{
    public static void Show(IAnsiConsole screen, IEnumerable<OfficeCheck> checks)
    {
        var table = new Table().RoundedBorder().AddColumns("报表 form", "审核 check", "强制/核实", "规则 rule", "说明 message", "状态 state");
        foreach (var check in checks)
        {
            var definition = check.Definition;
            table.AddRow(
                Markup.Escape(definition.Form), Markup.Escape(definition.CheckId), FindingTable.Words(definition.Severity),
                Markup.Escape(definition.Rule), Markup.Escape(Faults.Both(definition.MessageZh, definition.MessageEn)),
                Markup.Escape(StateOf(check)));
        }

        screen.Write(table);
    }

    public static void Show(IAnsiConsole screen, TryCheckResponse trial)
    {
        screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"应报 {trial.Expected} · 已报 {trial.Submitted} · 有问题 found {trial.Found}");
        if (trial.Units.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder().AddColumns("单位 unit", "版次 revision", "单元格 cell", "值 value", "说明 message");
        foreach (var unit in trial.Units)
        {
            table.AddRow(
                Markup.Escape($"{unit.Unit} {unit.UnitName}"), unit.Revision.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(unit.Finding.Cell), Markup.Escape(unit.Finding.Value),
                Markup.Escape(Faults.Both(unit.Finding.MessageZh, unit.Finding.MessageEn)));
        }

        screen.Write(table);
    }

    private static string StateOf(OfficeCheck check) =>
        check.RetiredAt is not null ? "停用 retired"
        : check.Fault.Length > 0 ? $"不适用 not applied: {check.Fault}"
        : "启用 applied";
}
