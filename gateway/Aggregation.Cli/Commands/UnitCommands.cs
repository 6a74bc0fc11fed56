using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>units import</c>, <c>units restructure</c> and <c>units list</c>.</summary>
internal static class UnitCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("units", "单位 Units and their trees.");
        command.Subcommands.Add(BuildImport(run));
        command.Subcommands.Add(RestructureCommand.Build(run));
        command.Subcommands.Add(BuildList(run));
        return command;
    }

    private static Command BuildImport(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "CSV with the columns code,name,kind,level,parent,from,to." };
        var tree = Selector.TreeOption();
        var dryRun = new Option<bool>("--dry-run") { Description = "Only check." };
        var command = new Command("import", "Adds units: all of them, or, with every fault named, none. Changes none; see restructure.")
        {
            file, TextFiles.Encoding, tree, dryRun,
        };
        run.Bind(command, async session =>
        {
            var request = new ImportUnitsRequest
            {
                Tree = session.Get(tree),
                Csv = await session.Texts.ReadAsync(session.Get(file), session.Cancellation),
                DryRun = session.Get(dryRun),
            };
            var answer = await session.Api.Admin.ImportUnitsAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                Show(session.Terminal.Screen, answer, request.DryRun);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(IAnsiConsole screen, ImportUnitsResponse answer, bool dryRun)
    {
        if (answer.AddedUnits.Count > 0)
        {
            var table = new Table().RoundedBorder().AddColumns("新增 added", "名称 name", "kind", "level", "上级 parent");
            foreach (var unit in answer.AddedUnits)
            {
                table.AddRow(
                    Markup.Escape(unit.Code), Markup.Escape(unit.Name), Markup.Escape(unit.Kind), Markup.Escape(unit.Level), Markup.Escape(unit.Parent));
            }

            screen.Write(table);
        }

        var more = answer.Added - answer.AddedUnits.Count;
        screen.MarkupLineInterpolated(
            $"{(dryRun ? "Would add" : "Added")} {answer.Added}{(more > 0 ? $" ({more} more than shown)" : "")}, changed 0, unchanged {answer.Unchanged}; structure {answer.StructureVersion}.");
    }

    private static Command BuildList(CommandRunner run)
    {
        var tree = Selector.TreeOption();
        var under = new Option<string>("--under") { Description = "Only this unit and what is under it.", DefaultValueFactory = _ => "" };
        var on = new Option<string>("--on") { Description = "The day whose tree is wanted, YYYY-MM-DD.", DefaultValueFactory = _ => "" };
        var command = new Command("list", "Lists the units that the key may read.") { tree, under, on };
        run.Bind(command, async session =>
        {
            var request = new ListUnitsRequest { Tree = session.Get(tree), Under = session.Get(under), On = session.Get(on) };
            var answer = await session.Api.Catalog.ListUnitsAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var depths = new Dictionary<string, int>(StringComparer.Ordinal);
            var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name", "kind", "level");
            foreach (var unit in answer.Units)
            {
                var depth = depths.TryGetValue(unit.Parent, out var above) ? above + 1 : 0;
                depths[unit.Code] = depth;
                table.AddRow(
                    new string(' ', depth * 2) + Markup.Escape(unit.Code), Markup.Escape(unit.Name), Markup.Escape(unit.Kind), Markup.Escape(unit.Level));
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }
}
