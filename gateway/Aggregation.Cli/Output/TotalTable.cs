using Aggregation.Cli.Commands;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>A total 汇总: its coverage in one line, its cells, and the indicators derived from them.</summary>
internal static class TotalTable
{
    public static string Coverage(Coverage coverage) =>
        $"应报 {coverage.Expected} · 已报 {coverage.Submitted} · 已审 {coverage.Accepted} · 退回 {coverage.Returned} · 零报告 {coverage.Nil}";

    public static void Show(IAnsiConsole screen, Total total, Form form)
    {
        ShowHead(screen, total.Selector, total.UnitName, total.Selector.Period, form);
        var stand = total.Selector.AsOf is { } asOf
            ? PointText.Show(asOf)
            : $"version {total.Version.Epoch}.{total.Version.Version_}";
        screen.MarkupLineInterpolated($"{Coverage(total.Coverage)} [grey]· {stand} · digest {total.Digest}[/]");
        screen.Write(Cells(total.Cells, total.Derived, form));
    }

    /// <summary>A year to date 本年累计: its periods with their coverage, then as a total.</summary>
    public static void Show(IAnsiConsole screen, YearToDate total, Form form)
    {
        ShowHead(screen, total.Selector, total.UnitName, $"本年累计 to {total.Selector.Period}", form);
        if (total.Selector.AsOf is { } asOf)
        {
            screen.MarkupLineInterpolated($"[grey]{PointText.Show(asOf)}[/]");
        }

        foreach (var period in total.Periods)
        {
            screen.MarkupLineInterpolated($"{period.Period}: {Coverage(period.Coverage)} [grey]· digest {period.Digest}[/]");
        }

        screen.Write(Cells(total.Cells, total.Derived, form));
    }

    public static Table Cells(IEnumerable<CellTotal> cells, IEnumerable<DerivedFigure> derivedFigures, Form form)
    {
        var names = form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        var table = new Table().RoundedBorder().AddColumns("cell", "指标 indicator", "单位 unit");
        table.AddColumn(new TableColumn("合计 total").RightAligned());
        table.AddColumn(new TableColumn("填报单位 units").RightAligned());
        foreach (var cell in cells)
        {
            var known = names.GetValueOrDefault(cell.Code);
            table.AddRow(
                Markup.Escape(cell.Code), Markup.Escape(known?.NameZh ?? ""), Markup.Escape(known?.Measure ?? ""),
                AmountText.Display(cell.Amount), $"{cell.Count}");
        }

        var derivedNames = form.Derived.ToDictionary(each => each.Code, StringComparer.Ordinal);
        foreach (var derived in derivedFigures)
        {
            var known = derivedNames.GetValueOrDefault(derived.Code);
            table.AddRow(
                $"[blue]{Markup.Escape(derived.Code)}[/]", Markup.Escape(known?.NameZh ?? ""), Markup.Escape(known?.Measure ?? ""),
                derived.Value is null ? "—" : AmountText.Display(derived.Value), "");
        }

        return table;
    }

    public static string Words(Scope scope) => scope switch
    {
        Scope.Own => "本单位 own",
        Scope.Level => "本级 level",
        _ => "全口径 region",
    };

    public static string Words(Layer layer) => layer == Layer.Accepted ? "已审 accepted" : "已报 submitted";

    private static void ShowHead(IAnsiConsole screen, TotalSelector selector, string unitName, string period, Form form) =>
        screen.MarkupLineInterpolated(
            $"[bold]{selector.Unit} {unitName}[/] · {form.NameZh} ({selector.Form}) · {period} · {Words(selector.Scope)} · {Words(selector.Layer)}");
}
