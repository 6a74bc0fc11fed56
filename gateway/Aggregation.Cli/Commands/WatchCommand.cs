using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>watch</c>: the total as it changes, until Ctrl-C.</summary>
internal static class WatchCommand
{
    public static Command Build(CommandRunner run)
    {
        var count = new Option<int>("--count") { Description = "End after so many totals; 0: until Ctrl-C." };
        var command = new Command("watch", "Shows the total at a unit, live, until Ctrl-C.");
        var selector = Selector.AddTotalTo(command);
        command.Options.Add(count);
        run.Bind(command, async session =>
        {
            var form = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = selector.Form(session) }, session.Api.Call());
            using var call = session.Api.Rollups.Watch(new WatchRequest { Total = selector.Total(session) }, session.Api.LongCall(session.Cancellation));
            var totals = Limit(call.ResponseStream.ReadAllAsync(session.Cancellation), session.Get(count));
            if (session.Json || !session.Terminal.IsInteractive)
            {
                await WriteAsync(session, totals, form);
            }
            else
            {
                await ShowLiveAsync(session.Terminal.Screen, totals, form);
            }

            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task WriteAsync(Session session, IAsyncEnumerable<Total> totals, Form form)
    {
        await foreach (var total in totals)
        {
            if (session.Json)
            {
                session.Terminal.WriteJson(total);
                await session.Terminal.Output.FlushAsync(session.Cancellation);
            }
            else
            {
                TotalTable.Show(session.Terminal.Screen, total, form);
            }
        }
    }

    private static Task ShowLiveAsync(IAnsiConsole screen, IAsyncEnumerable<Total> totals, Form form) =>
        screen.Live(new Table()).StartAsync(async live =>
        {
            await foreach (var total in totals)
            {
                var table = TotalTable.Cells(total.Cells, total.Derived, form);
                table.Title = new TableTitle(Markup.Escape($"{total.Selector.Unit} {total.UnitName} · {form.NameZh} · {total.Selector.Period}"));
                table.Caption = new TableTitle(Markup.Escape($"{TotalTable.Coverage(total.Coverage)} · version {total.Version.Epoch}.{total.Version.Version_}"));
                live.UpdateTarget(table);
            }
        });

    private static IAsyncEnumerable<Total> Limit(IAsyncEnumerable<Total> totals, int count) => count > 0 ? totals.Take(count) : totals;
}
