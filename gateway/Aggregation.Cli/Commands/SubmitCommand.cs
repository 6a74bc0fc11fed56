using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Cli.Spreadsheets;
using Aggregation.Cli.Submitting;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Commands;

/// <summary><c>submit</c>: files submissions; several go through one stream, with a progress bar.</summary>
internal static class SubmitCommand
{
    public static Command Build(CommandRunner run)
    {
        var files = FilesArgument();
        var command = new Command("submit", "填报 Files the submissions of JSON, CSV or .xlsx files.") { files, TextFiles.Encoding };
        run.Bind(command, async session =>
        {
            var items = await SubmissionFiles.ReadAsync(session.Get(files), session.Texts, session.Api, session.Cancellation);
            NoteDerivedIds(session, items);
            return items.Count == 1 ? await SubmitOneAsync(session, items[0]) : await SubmitManyAsync(session, items);
        });
        return command;
    }

    public static Argument<FileInfo[]> FilesArgument() => new("file")
    {
        Description = "JSON, CSV or .xlsx files; docs/api.md describes them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static async Task<int> SubmitOneAsync(Session session, SubmissionItem item)
    {
        Receipt receipt;
        try
        {
            var filed = item.DerivedId ? await SubmissionPlan.PrepareAsync(session.Api, item.Request) : null;
            NoteFiled(session, filed is null ? [] : [filed]);
            receipt = filed ?? await session.Api.Submissions.SubmitAsync(item.Request, session.Api.Call());
        }
        catch (RpcException fault) when (PlacedFaults.Of(item, fault) is { } placed)
        {
            throw placed;
        }

        if (session.Json)
        {
            session.Terminal.WriteJson(receipt);
        }
        else
        {
            ReceiptTable.Show(session.Terminal.Screen, [receipt]);
        }

        return ExitCode.Ok;
    }

    private static async Task<int> SubmitManyAsync(Session session, IReadOnlyList<SubmissionItem> items)
    {
        var stream = new SubmissionStream(session.Api);
        var outcome = session.Json
            ? await stream.SendAsync(items, session.Terminal.WriteJson, session.Cancellation)
            : await SubmissionProgress.RunAsync(session.Terminal, stream, items, session.Cancellation);
        if (!session.Json)
        {
            NoteFiled(session, outcome.Filed);
            ReceiptTable.Show(session.Terminal.Screen, outcome.Receipts);
            SubmissionProgress.ShowErrors(session.Terminal, outcome.Errors, items);
        }

        return outcome.ExitCode;
    }

    /// <summary>Says what was not sent, because it counts already.</summary>
    public static void NoteFiled(Session session, IReadOnlyList<Receipt> filed)
    {
        if (session.Json)
        {
            return;
        }

        foreach (var receipt in filed)
        {
            session.Terminal.Note($"{receipt.Unit} {receipt.Form} {receipt.Period}: 已填报 filed already, revision {receipt.Revision}");
        }
    }

    private static void NoteDerivedIds(Session session, IReadOnlyList<SubmissionItem> items)
    {
        var derived = items.Count(item => item.DerivedId);
        if (derived > 0 && !session.Json)
        {
            session.Terminal.Note(
                $"{derived} of {items.Count} submissions give no requestId: it is derived from the content and from where the report stands, so that sending the same file again files nothing twice.");
        }
    }
}
