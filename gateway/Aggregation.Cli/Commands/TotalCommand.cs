using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>total</c>: the total at a unit.</summary>
internal static class TotalCommand
{
    public static Command Build(CommandRunner run)
    {
        var yearToDate = new Option<bool>("--year-to-date", "--ytd")
        {
            Description = "本年累计 The periods of the year up to this one: flows summed, of stocks the last.",
        };
        var command = new Command("total", "汇总 Shows the total at a unit.");
        var selector = Selector.AddAnyTotalTo(command);
        command.Options.Add(yearToDate);
        run.Bind(command, session => session.Get(yearToDate) ? ShowYearToDateAsync(session, selector) : ShowAsync(session, selector));
        return command;
    }

    private static async Task<int> ShowAsync(Session session, Selector selector)
    {
        var total = await session.Api.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector.Total(session) }, session.Api.Call());
        if (session.Json)
        {
            session.Terminal.WriteJson(total);
            return ExitCode.Ok;
        }

        TotalTable.Show(session.Terminal.Screen, total, await FormAsync(session, selector));
        return ExitCode.Ok;
    }

    private static async Task<int> ShowYearToDateAsync(Session session, Selector selector)
    {
        var total = await session.Api.Rollups.GetYearToDateAsync(
            new GetYearToDateRequest { Total = selector.Total(session) }, session.Api.Call());
        if (session.Json)
        {
            session.Terminal.WriteJson(total);
            return ExitCode.Ok;
        }

        TotalTable.Show(session.Terminal.Screen, total, await FormAsync(session, selector));
        return ExitCode.Ok;
    }

    private static async Task<Form> FormAsync(Session session, Selector selector) =>
        await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = selector.Form(session) }, session.Api.Call());
}
