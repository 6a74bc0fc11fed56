using System.CommandLine;
using Aggregation.Cli.Output;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>withdraw</c>: takes the current submission back.</summary>
internal static class WithdrawCommand
{
    public static Command Build(CommandRunner run)
    {
        var reason = new Option<string>("--reason") { Description = "Why, 1 to 2000 characters.", Required = true };
        var expected = new Option<long?>("--expected-revision") { Description = "Only if this is the current revision." };
        var id = new Option<string?>("--request-id") { Description = "The same id again is the same request. A new one when left out." };
        var command = new Command("withdraw", "撤回 Takes the current submission back.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(reason);
        command.Options.Add(expected);
        command.Options.Add(id);
        run.Bind(command, async session =>
        {
            var request = new WithdrawRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Reason = session.Get(reason),
                RequestId = session.Get(id) ?? Guid.NewGuid().ToString(),
            };
            if (session.Get(expected) is { } revision)
            {
                request.ExpectedRevision = revision;
            }

            var receipt = await session.Api.Submissions.WithdrawAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(receipt);
            }
            else
            {
                ReceiptTable.Show(session.Terminal.Screen, [receipt]);
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
