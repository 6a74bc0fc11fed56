using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>total</c>: the live total at a unit.</summary>
internal static class TotalCommand
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("total", "汇总 Shows the total at a unit.");
        var selector = Selector.AddTotalTo(command);
        run.Bind(command, async session =>
        {
            var total = await session.Api.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector.Total(session) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(total);
                return ExitCode.Ok;
            }

            var form = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = selector.Form(session) }, session.Api.Call());
            TotalTable.Show(session.Terminal.Screen, total, form);
            return ExitCode.Ok;
        });
        return command;
    }
}
