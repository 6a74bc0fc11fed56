using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;
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

            // Derived from the content, so that submitting the same draft again repeats the request.
            draft.Content.RequestId = RequestIds.Derive(draft.Content);
            var receipt = await session.Api.Submissions.SubmitAsync(draft.Content, session.Api.Call());
            await session.Api.Submissions.DiscardDraftAsync(
                new DiscardDraftRequest { Unit = draft.Content.Unit, Form = draft.Content.Form, Period = draft.Content.Period },
                session.Api.Call());
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
