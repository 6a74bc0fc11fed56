using System.CommandLine;
using Aggregation.Cli.Commands;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Reviewing;

/// <summary><c>review report</c> and <c>review decide</c>: an office's part done, and what the level above makes of it.</summary>
internal static class CompletionCommands
{
    public static Command BuildReport(CommandRunner run)
    {
        var digest = new Option<string>("--digest") { Description = "Of the accepted total, as total --layer accepted shows it.", Required = true };
        var statement = new Option<string>("--statement") { Description = "What the head of the office states, up to 2000 characters.", DefaultValueFactory = _ => "" };
        var tree = Selector.TreeOption();
        var id = ReviewCommands.RequestIdOption();
        var command = new Command("report", "上报 Signs the office's accepted total and reports its part done.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(digest);
        command.Options.Add(statement);
        command.Options.Add(tree);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var request = new ReportCompletionRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Tree = session.Get(tree),
                RequestId = ReviewCommands.NewId(session, id),
                ExpectedDigest = session.Get(digest),
                Text = session.Get(statement) ?? "",
            };
            Show(session, await session.Api.Reviews.ReportCompletionAsync(request, session.Api.Call()));
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command BuildDecide(CommandRunner run)
    {
        var number = new Option<long>("--number") { Description = "Of the publication that reported it, as publications shows it.", Required = true };
        var hash = new Option<string>("--hash") { Description = "Of that publication, all 64 digits.", Required = true };
        var reason = new Option<string?>("--return") { Description = "Returns it, for this reason; accepts it when left out." };
        var comment = new Option<string>("--comment") { Description = "Up to 2000 characters.", DefaultValueFactory = _ => "" };
        var id = ReviewCommands.RequestIdOption();
        var command = new Command("decide", "Accepts an office's completion, or returns it.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(number);
        command.Options.Add(hash);
        command.Options.Add(reason);
        command.Options.Add(comment);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var why = session.Get(reason);
            var request = new DecideCompletionRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                RequestId = ReviewCommands.NewId(session, id),
                Number = session.Get(number),
                Hash = session.Get(hash),
                Accept = why is null,
                Text = why ?? session.Get(comment) ?? "",
            };
            Show(session, await session.Api.Reviews.DecideCompletionAsync(request, session.Api.Call()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Session session, Publication publication)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(publication);
        }
        else
        {
            PublicationTable.Show(session.Terminal.Screen, [publication]);
        }
    }
}
