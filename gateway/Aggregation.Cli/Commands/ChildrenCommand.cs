using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>children</c>: a total and the parts that sum to it.</summary>
internal static class ChildrenCommand
{
    private const int CellsShown = 6;

    public static Command Build(CommandRunner run)
    {
        var cells = new Option<string[]>("--cell")
        {
            Description = $"Cells to show; the first {CellsShown} of the total when left out.",
            AllowMultipleArgumentsPerToken = true,
        };
        var command = new Command("children", "下级 Shows a total and the parts that sum to it.");
        var selector = Selector.AddAnyTotalTo(command);
        command.Options.Add(cells);
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Rollups.ChildrenAsync(new ChildrenRequest { Total = selector.Total(session) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var chosen = session.Get(cells) is { Length: > 0 } given ? given : [.. answer.Total.Cells.Take(CellsShown).Select(cell => cell.Code)];
            Show(session.Terminal.Screen, answer, chosen);
            return ExitCode.Ok;
        });
        return command;
    }

    public static void Show(IAnsiConsole screen, ChildrenResponse answer, IReadOnlyList<string> cells)
    {
        var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name", "上报 reported");
        foreach (var cell in cells)
        {
            table.AddColumn(new TableColumn(Markup.Escape(cell)).RightAligned());
        }

        foreach (var part in answer.Parts)
        {
            var name = part.Own ? $"{part.UnitName}（本单位 own）" : part.UnitName;
            Row(table, part.Unit, name, part.Coverage, part.Cells, cells);
        }

        Row(table, answer.Total.Selector.Unit, $"{answer.Total.UnitName} 合计 total", answer.Total.Coverage, answer.Total.Cells, cells);
        screen.Write(table);
    }

    private static void Row(Table table, string unit, string name, Coverage coverage, IEnumerable<CellTotal> figures, IReadOnlyList<string> cells)
    {
        var amounts = figures.ToDictionary(cell => cell.Code, cell => cell.Amount, StringComparer.Ordinal);
        string[] row =
        [
            Markup.Escape(unit), Markup.Escape(name), $"{coverage.Submitted}/{coverage.Expected}",
            .. cells.Select(cell => amounts.TryGetValue(cell, out var amount) ? AmountText.Display(amount) : ""),
        ];
        table.AddRow(row);
    }
}
