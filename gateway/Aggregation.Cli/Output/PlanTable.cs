using Aggregation.Cli.Files;
using Aggregation.V1;
using Google.Protobuf.Collections;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>What changes of the structure do: to units, to branches, and to totals.</summary>
internal static class PlanTable
{
    private const int MostCodes = 8;

    public static void Show(IAnsiConsole screen, RestructuringPlan plan)
    {
        screen.MarkupLineInterpolated($"[bold]structure {plan.StructureVersion}[/] · from {plan.From} · trees compared on {plan.On}");
        var units = new Table().RoundedBorder().AddColumns("机构树 tree", "单位 unit", "现状 before", "调整后 after");
        foreach (var unit in plan.Units)
        {
            units.AddRow(Markup.Escape(unit.Tree), Markup.Escape(unit.Unit), Markup.Escape(Words(unit.Before)), Markup.Escape(Words(unit.After)));
        }

        screen.Write(units);
        var branches = new Table().RoundedBorder().AddColumns("机构树 tree", "汇总单位 total of", "增 gained", "减 lost");
        foreach (var branch in plan.Branches)
        {
            branches.AddRow(
                Markup.Escape(branch.Tree), Markup.Escape($"{branch.Unit} {branch.UnitName}"), Markup.Escape(Codes(branch.Gained)),
                Markup.Escape(Codes(branch.Lost)));
        }

        screen.Write(branches);
        if (plan.Branches.Any(branch => branch.Before is not null))
        {
            screen.Write(Totals(plan));
        }

        if (plan.Losses.Count > 0)
        {
            screen.Write(Losses(plan));
        }
    }

    private static Table Losses(RestructuringPlan plan)
    {
        var table = new Table().RoundedBorder().Title($"{plan.Losses.Count} 份已审或已锁定的报表将退出汇总 accepted or locked reports would leave totals")
            .AddColumns("机构树 tree", "单位 unit", "报表 form", "报告期 period", "状态 state", "退出汇总 leaves the totals of", "承接单位 successor");
        foreach (var loss in plan.Losses)
        {
            var state = string.Join(' ', new[] { loss.Revision > 0 ? "已审 accepted" : "", loss.Locked ? "已锁定 locked" : "" }.Where(word => word.Length > 0));
            table.AddRow(
                Markup.Escape(loss.Tree), Markup.Escape($"{loss.Unit} {loss.UnitName}"), Markup.Escape(loss.Form), Markup.Escape(loss.Period), state,
                Markup.Escape(Codes(loss.Totals)), loss.Successor.Length > 0 ? Markup.Escape(loss.Successor) : "—");
        }

        return table;
    }

    private static Table Totals(RestructuringPlan plan)
    {
        var table = new Table().RoundedBorder().AddColumns("汇总单位 total of", "cell");
        table.AddColumn(new TableColumn("现状 before").RightAligned());
        table.AddColumn(new TableColumn("调整后 after").RightAligned());
        foreach (var branch in plan.Branches.Where(branch => branch.Before is not null))
        {
            var before = branch.Before.Cells.ToDictionary(cell => cell.Code, cell => AmountText.Display(cell.Amount), StringComparer.Ordinal);
            var after = branch.After.Cells.ToDictionary(cell => cell.Code, cell => AmountText.Display(cell.Amount), StringComparer.Ordinal);
            table.AddRow(
                Markup.Escape(branch.Unit), "已报/应报", Markup.Escape(Reports(branch.Before)), Markup.Escape(Reports(branch.After)));
            foreach (var cell in before.Keys.Union(after.Keys, StringComparer.Ordinal))
            {
                var (was, now) = (before.GetValueOrDefault(cell, "—"), after.GetValueOrDefault(cell, "—"));
                if (was != now)
                {
                    table.AddRow(Markup.Escape(branch.Unit), Markup.Escape(cell), was, now);
                }
            }
        }

        return table;
    }

    private static string Reports(PlannedTotal total) => $"{total.Coverage.Submitted}/{total.Coverage.Expected}";

    private static string Words(Unit? unit) => unit is null ? "—" : $"{unit.Name} · {unit.Kind} {unit.Level} ← {unit.Parent}".Replace("  ", " ", StringComparison.Ordinal);

    private static string Codes(RepeatedField<string> codes) =>
        string.Join(' ', codes.Take(MostCodes)) + (codes.Count > MostCodes ? $" … ({codes.Count})" : "");
}
