using System.CommandLine;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>await</c>: answers when a filed revision is included at a unit above.</summary>
internal static class AwaitCommand
{
    public static Command Build(CommandRunner run)
    {
        var revision = new Argument<long>("revision") { Description = "Of the receipt." };
        var at = new Option<string>("--at") { Description = "The unit itself or one above it.", Required = true };
        var tree = Selector.TreeOption();
        var command = new Command("await", "Waits until a revision is included in the total of a unit above.");
        var selector = Selector.AddLedgerTo(command);
        command.Arguments.Add(revision);
        command.Options.Add(at);
        command.Options.Add(tree);
        run.Bind(command, async session =>
        {
            var request = new AwaitRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Revision = session.Get(revision),
                AtUnit = session.Get(at),
                Tree = session.Get(tree),
            };
            var answer = await session.Api.Rollups.AwaitAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }
            else
            {
                session.Terminal.Screen.MarkupLineInterpolated(
                    $"{request.AtUnit} includes revision {request.Revision} of {request.Unit} as of version {answer.Version.Epoch}.{answer.Version.Version_}.");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
