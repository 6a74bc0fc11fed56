using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.Cli.Submitting;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>draft</c>: what a unit is writing, kept by the server and counted nowhere.</summary>
internal static class DraftCommands
{
    public static Command Build(CommandRunner run) => new("draft", "草稿 Keeps, shows, submits and discards what a unit is writing.")
    {
        BuildSave(run), BuildShow(run), BuildSubmit(run), BuildDiscard(run),
    };

    private static Command BuildSave(CommandRunner run)
    {
        var file = new Argument<FileInfo>("file") { Description = "One submission, as submit reads it." };
        var expected = new Option<long?>("--expected-version") { Description = "Only if this is the draft's current version, 0 for none yet." };
        var command = new Command("save", "Keeps the submission of a file as the unit's draft.") { file, TextFiles.Encoding, expected };
        run.Bind(command, async session =>
        {
            var items = await SubmissionFiles.ReadAsync([session.Get(file)], session.Texts, session.Api, session.Cancellation);
            if (items.Count != 1)
            {
                throw new CommandFailedException($"{session.Get(file).Name} holds {items.Count} submissions; a draft is one.");
            }

            var request = new SaveDraftRequest { Content = items[0].Request };
            if (session.Get(expected) is { } version)
            {
                request.ExpectedVersion = version;
            }

            Show(session, await session.Api.Submissions.SaveDraftAsync(request, session.Api.Call()));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildShow(CommandRunner run)
    {
        var command = new Command("show", "Shows the unit's draft.");
        var selector = Selector.AddLedgerTo(command);
        run.Bind(command, async session =>
        {
            Show(session, await GetAsync(session, selector));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildSubmit(CommandRunner run)
    {
        var command = new Command("submit", "填报 Submits the unit's draft, and discards it once it is filed.");
        var selector = Selector.AddLedgerTo(command);
        run.Bind(command, async session =>
        {
            var draft = await GetAsync(session, selector);

            var filed = await SubmissionPlan.PrepareAsync(session.Api, draft.Content);
            SubmitCommand.NoteFiled(session, filed is null ? [] : [filed]);
            var receipt = filed ?? await session.Api.Submissions.SubmitAsync(draft.Content, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(receipt);
            }
            else
            {
                ReceiptTable.Show(session.Terminal.Screen, [receipt]);
            }

            await DropAsync(session, draft, receipt);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Discards the draft that was filed, unless what it was filed as counts no more, or somebody has gone on writing it.</summary>
    /// <exception cref="CommandFailedException">The draft is kept.</exception>
    private static async Task DropAsync(Session session, Draft draft, Receipt receipt)
    {
        if (!await SubmissionPlan.CountsAsync(session.Api, receipt))
        {
            throw new CommandFailedException(
                $"Revision {receipt.Revision} of {receipt.Unit} does not count any more: it was returned, withdrawn or replaced meanwhile. The draft is kept. 该版次已不再计入，草稿保留。")
            {
                ExitCode = ExitCode.Refused,
            };
        }

        try
        {
            await session.Api.Submissions.DiscardDraftAsync(
                new DiscardDraftRequest { Unit = receipt.Unit, Form = receipt.Form, Period = receipt.Period, ExpectedVersion = draft.Version },
                session.Api.Call());
        }
        catch (RpcException changed) when (changed.StatusCode == StatusCode.Aborted)
        {
            session.Terminal.Note($"草稿在此期间有改动，予以保留 The draft was changed meanwhile and is kept: {changed.Status.Detail}");
        }
    }

    private static Command BuildDiscard(CommandRunner run)
    {
        var command = new Command("discard", "Throws the unit's draft away.");
        var selector = Selector.AddLedgerTo(command);
        run.Bind(command, async session =>
        {
            await session.Api.Submissions.DiscardDraftAsync(
                new DiscardDraftRequest { Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session) },
                session.Api.Call());
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<Draft> GetAsync(Session session, Selector selector) => await session.Api.Submissions.GetDraftAsync(
        new GetDraftRequest { Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session) },
        session.Api.Call());

    private static void Show(Session session, Draft draft)
    {
        if (session.Json)
        {
            session.Terminal.WriteJson(draft);
            return;
        }

        session.Terminal.Screen.MarkupLineInterpolated(
            $"[bold]{draft.Content.Unit}[/] {draft.Content.Form} {draft.Content.Period} · 草稿 draft {draft.Version} · {draft.At?.ToDateTimeOffset():u} · key {draft.Actor}");
        foreach (var cell in draft.Content.Cells)
        {
            session.Terminal.Screen.MarkupLineInterpolated($"  {cell.Code} = {AmountText.Display(cell.Amount)}");
        }
    }
}
