using System.CommandLine;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Commands;

/// <summary><c>forms list</c> and <c>forms show</c>.</summary>
internal static class FormCommands
{
    public static Command Build(CommandRunner run)
    {
        var command = new Command("forms", "报表 Forms and their cells, checks and derived indicators.");
        command.Subcommands.Add(BuildList(run));
        command.Subcommands.Add(BuildShow(run));
        return command;
    }

    private static Command BuildList(CommandRunner run)
    {
        var command = new Command("list", "Lists the forms.");
        run.Bind(command, async session =>
        {
            var answer = await session.Api.Catalog.ListFormsAsync(new ListFormsRequest(), session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(answer);
                return ExitCode.Ok;
            }

            var table = new Table().RoundedBorder().AddColumns("报表 form", "名称 name", "周期 periods", "cells", "checks");
            foreach (var form in answer.Forms)
            {
                table.AddRow(
                    Markup.Escape(form.Form_), Markup.Escape($"{form.NameZh} / {form.NameEn}"), string.Join(", ", form.Periods),
                    $"{form.Cells.Count}", $"{form.Checks.Count}");
            }

            session.Terminal.Screen.Write(table);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command BuildShow(CommandRunner run)
    {
        var name = new Argument<string>("form") { Description = "Form, such as 2014." };
        var command = new Command("show", "Shows a form.") { name };
        run.Bind(command, async session =>
        {
            var form = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = session.Get(name) }, session.Api.Call());
            if (session.Json)
            {
                session.Terminal.WriteJson(form);
                return ExitCode.Ok;
            }

            Show(session.Terminal.Screen, form);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(IAnsiConsole screen, Form form)
    {
        screen.MarkupLineInterpolated($"[bold]{form.Form_}[/] {form.NameZh} / {form.NameEn}");
        var cells = new Table().RoundedBorder().AddColumns("cell", "指标 indicator", "unit", "kind", "decimals", "max");
        foreach (var cell in form.Cells)
        {
            cells.AddRow(
                Markup.Escape(cell.Code), Markup.Escape($"{cell.NameZh} / {cell.NameEn}"), Markup.Escape(cell.Measure), cell.Kind,
                $"{cell.Scale}", cell.Max is null ? "" : AmountText.Display(cell.Max));
        }

        screen.Write(cells);
        var checks = new Table().RoundedBorder().AddColumns("check", "severity", "规则 rule", "说明 message");
        foreach (var check in form.Checks)
        {
            checks.AddRow(
                Markup.Escape(check.CheckId), check.Severity == Severity.Hard ? "强制 hard" : "核实 soft", Markup.Escape(check.Rule),
                Markup.Escape(Output.Faults.Both(check.MessageZh, check.MessageEn)));
        }

        screen.Write(checks);
        if (form.Derived.Count > 0)
        {
            var derived = new Table().RoundedBorder().AddColumns("derived", "指标 indicator", "unit", "expression");
            foreach (var each in form.Derived)
            {
                derived.AddRow(
                    Markup.Escape(each.Code), Markup.Escape($"{each.NameZh} / {each.NameEn}"), Markup.Escape(each.Measure), Markup.Escape(each.Expression));
            }

            screen.Write(derived);
        }
    }
}
