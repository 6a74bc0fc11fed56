using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>explain</c>: opens a cell of a total down to the submissions that make it.</summary>
internal static class ExplainCommand
{
    public static Command Build(CommandRunner run)
    {
        var cell = new Argument<string>("cell") { Description = "The cell to open, such as 1.1." };
        var depth = new Option<int>("--depth") { Description = "Levels to open, 1 to 16; 0: all the way down." };
        var command = new Command("explain", "溯源 Opens a cell of a total down to the submissions that make it.");
        var selector = Selector.AddAnyTotalTo(command);
        command.Arguments.Add(cell);
        command.Options.Add(depth);
        run.Bind(command, async session =>
        {
            var request = new ExplainRequest { Total = selector.Total(session), Cell = session.Get(cell), Depth = session.Get(depth) };
            using var call = session.Api.Rollups.Explain(request, session.Api.Call());
            var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name");
            table.AddColumn(new TableColumn(Markup.Escape(request.Cell)).RightAligned());
            table.AddColumns("上报 reported", "版次 revision", "key", "at");
            await foreach (var line in call.ResponseStream.ReadAllAsync(session.Cancellation))
            {
                if (session.Json)
                {
                    session.Terminal.WriteJson(line);
                }
                else
                {
                    AddRow(table, line);
                }
            }

            if (!session.Json)
            {
                session.Terminal.Screen.Write(table);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static void AddRow(Table table, ExplainLine line)
    {
        var indent = new string(' ', line.Depth * 2);
        table.AddRow(
            indent + Markup.Escape(line.Unit), Markup.Escape(line.Own ? $"{line.UnitName}（本单位 own）" : line.UnitName),
            line.Amount is null ? "" : AmountText.Display(line.Amount), $"{line.Coverage?.Submitted}/{line.Coverage?.Expected}",
            line.Source is null ? "" : $"{line.Source.Revision}", Markup.Escape(line.Source?.Actor ?? ""), $"{line.Source?.At?.ToDateTimeOffset():u}");
    }
}
