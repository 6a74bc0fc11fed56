using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>get</c> and <c>history</c>: what a unit has filed.</summary>
internal static class SubmissionCommands
{
    public static Command BuildGet(CommandRunner run)
    {
        var revision = new Option<long?>("--revision") { Description = "Which; the latest when left out." };
        var command = new Command("get", "Shows one revision of a unit's own figures.");
        var selector = Selector.AddLedgerTo(command);
        command.Options.Add(revision);
        run.Bind(command, async session =>
        {
            var request = new GetSubmissionRequest
            {
                Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session), Names = !session.Json,
            };
            if (session.Get(revision) is { } number)
            {
                request.Revision = number;
            }

            var submission = await session.Api.Submissions.GetAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(submission);
                return ExitCode.Ok;
            }

            var form = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = request.Form }, session.Api.Call());
            Show(session.Terminal.Screen, submission, form);
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command BuildHistory(CommandRunner run)
    {
        var command = new Command("history", "版次 Lists every revision, oldest first.");
        var selector = Selector.AddLedgerTo(command);
        run.Bind(command, async session =>
        {
            var request = new HistoryRequest
            {
                Unit = selector.Unit(session), Form = selector.Form(session), Period = selector.Period(session), Names = !session.Json,
            };
            var answer = await session.Api.Submissions.HistoryAsync(request, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns("版次 revision", "状态 state", "at", "key", "cells", "原因 reason", "hash");
            foreach (var submission in answer.Submissions)
            {
                table.AddRow(
                    $"{submission.Receipt.Revision}", Words(submission), $"{submission.Receipt.At?.ToDateTimeOffset():u}", Markup.Escape(Who(submission.Actor, submission.ActorName)),
                    $"{submission.Cells.Count}", Markup.Escape(submission.Reason), Markup.Escape(submission.Receipt.Hash));
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(IAnsiConsole screen, Submission submission, Form form)
    {
        var receipt = submission.Receipt;
        screen.MarkupLineInterpolated(
            $"[bold]{receipt.Unit}[/] {form.NameZh} {receipt.Period} · 版次 {receipt.Revision} · {Words(submission)} · {receipt.At?.ToDateTimeOffset():u} · key {Who(submission.Actor, submission.ActorName)}");
        var names = form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        var table = new Table().RoundedBorder().AddColumns("cell", "指标 indicator", "单位 unit");
        table.AddColumn(new TableColumn("值 value").RightAligned());
        foreach (var cell in submission.Cells)
        {
            var known = names.GetValueOrDefault(cell.Code);
            table.AddRow(Markup.Escape(cell.Code), Markup.Escape(known?.NameZh ?? ""), Markup.Escape(known?.Measure ?? ""), AmountText.Display(cell.Amount));
        }

        screen.Write(table);
        if (receipt.Findings.Count > 0)
        {
            FindingTable.Show(screen, receipt.Findings);
        }

        foreach (var decision in submission.Decisions)
        {
            screen.MarkupLineInterpolated(
                $"{decision.At?.ToDateTimeOffset():u} {decision.Act} · key {Who(decision.Actor, decision.ActorName)} · {decision.Text}");
            foreach (var remark in decision.Cells)
            {
                screen.MarkupLineInterpolated($"  {remark.Cell}: {remark.Text}");
            }
        }
    }

    private static string Who(string actor, string name) => name.Length == 0 ? actor : $"{actor} ({name})";

    private static string Words(Submission submission) => submission.State switch
    {
        SubmissionState.Submitted => submission.NilReturn ? "已报 零报告" : "已报 submitted",
        SubmissionState.Accepted => submission.NilReturn ? "已审 零报告" : "已审 accepted",
        SubmissionState.Withdrawn => "撤回 withdrawn",
        SubmissionState.Returned => "退回 returned",
        _ => submission.State.ToString(),
    };
}
