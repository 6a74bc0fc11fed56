using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>series</c>: totals of several periods, as they were or restated on one tree.</summary>
internal static class SeriesCommand
{
    public static Command Build(CommandRunner run)
    {
        var unit = new Argument<string>("unit") { Description = "Unit code, such as 360300." };
        var form = new Argument<string>("form") { Description = "Form, such as 2014." };
        var periods = new Argument<string[]>("periods") { Description = "Periods, such as 2016 2017.", Arity = ArgumentArity.OneOrMore };
        var mode = new Option<string>("--mode")
        {
            Description = "as-it-was 当时口径: each period on the tree that it had; restated 可比口径: all on the tree of one day.",
            Required = true,
        };
        mode.AcceptOnlyFromAmong("as-it-was", "restated");
        var on = new Option<string>("--on") { Description = "The day of a restated series' tree, YYYY-MM-DD; today unless given.", DefaultValueFactory = _ => "" };
        var (scope, layer, tree) = (Selector.ScopeOption(), Selector.LayerOption(), Selector.TreeOption());
        var command = new Command("series", "时间序列 Totals of several periods on comparable trees, or as they were.")
        {
            unit, form, periods, mode, on, scope, layer, tree,
        };
        run.Bind(command, async session =>
        {
            var request = new GetSeriesRequest
            {
                Unit = session.Get(unit),
                Form = session.Get(form),
                Periods = { session.Get(periods) },
                Scope = Selector.ScopeOf(session.Get(scope)),
                Layer = Selector.LayerOf(session.Get(layer)),
                Tree = session.Get(tree),
                Mode = session.Get(mode) == "restated" ? StructureMode.Restated : StructureMode.AsItWas,
                On = session.Get(on),
            };
            var series = await session.Api.Rollups.GetSeriesAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(series);
            }
            else
            {
                Show(session.Terminal.Screen, series);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(IAnsiConsole screen, Series series)
    {
        var words = series.Mode == StructureMode.Restated ? $"可比口径 restated on {series.On}" : "当时口径 as it was";
        screen.MarkupLineInterpolated($"[bold]{series.Unit}[/] · {series.Form} · {words} · structure {series.StructureVersion}");
        var table = new Table().RoundedBorder().AddColumn("cell");
        foreach (var point in series.Points)
        {
            table.AddColumn(new TableColumn(Markup.Escape(point.Period)).RightAligned());
        }

        table.AddRow(["单位 unit", .. series.Points.Select(point => Markup.Escape(point.InForce ? point.UnitName : "—"))]);
        table.AddRow(["已报/应报", .. series.Points.Select(point => point.InForce ? $"{point.Coverage.Submitted}/{point.Coverage.Expected}" : "—")]);
        foreach (var code in series.Points.SelectMany(point => point.Cells).Select(cell => cell.Code).Distinct(StringComparer.Ordinal))
        {
            table.AddRow([Markup.Escape(code), .. series.Points.Select(point =>
                point.Cells.FirstOrDefault(cell => cell.Code == code) is { } cell ? AmountText.Display(cell.Amount) : "—")]);
        }

        screen.Write(table);
    }
}
