using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>receipt verify</c>: whether the server still holds what it gave receipts for.</summary>
internal static class ReceiptCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("receipt", "回执 Receipts after a server was restored from a backup.");
        command.Subcommands.Add(BuildVerify(run));
        command.Subcommands.Add(BuildVerifyFile(run));
        return command;
    }

    private static Command BuildVerify(CommandRunner run)
    {
        var revision = new Argument<long>("revision") { Description = "Of the receipt." };
        var hash = new Argument<string>("hash") { Description = "Of the receipt, 64 hexadecimal digits." };
        var request = new Option<string>("--request-id")
        {
            Description = "Of the receipt; tells whether it was sent again since.",
            DefaultValueFactory = _ => "",
        };
        var command = new Command("verify", "Whether the server holds the revision that a receipt stands for; else it is to be sent again.");
        var selector = Selector.AddLedgerTo(command);
        command.Arguments.Add(revision);
        command.Arguments.Add(hash);
        command.Options.Add(request);
        run.Bind(command, session => VerifyAsync(session,
        [
            new VerifyReceiptRequest
            {
                Unit = selector.Unit(session),
                Form = selector.Form(session),
                Period = selector.Period(session),
                Revision = session.Get(revision),
                Hash = session.Get(hash),
                RequestId = session.Get(request),
            },
        ]));
        return command;
    }

    private static Command BuildVerifyFile(CommandRunner run)
    {
        var files = new Argument<FileInfo[]>("file")
        {
            Description = "What submit --json printed: one receipt a line.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("verify-file", "The same for every receipt in files.") { files, TextFiles.Encoding };
        run.Bind(command, async session => await VerifyAsync(
            session, await ReceiptFiles.ReadAsync(session.Get(files), session.Texts, session.Cancellation)));
        return command;
    }

    private static async Task<int> VerifyAsync(Session session, IReadOnlyList<VerifyReceiptRequest> receipts)
    {
        var lost = new List<(VerifyReceiptRequest Receipt, VerifyReceiptResponse Answer)>();
        foreach (var receipt in receipts)
        {
            var answer = await session.Api.Submissions.VerifyReceiptAsync(receipt, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
            }

            if (answer.Standing is not (ReceiptStanding.Held or ReceiptStanding.SentAgain))
            {
                lost.Add((receipt, answer));
            }
        }

        if (!session.Json)
        {
            ReceiptTable.ShowLost(session.Terminal.Screen, lost);
            session.Terminal.Screen.MarkupLineInterpolated($"{receipts.Count - lost.Count} of {receipts.Count} receipts stand.");
        }

        return lost.Count == 0 ? ExitCode.Ok : ExitCode.Refused;
    }
}
