using System.CommandLine;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Reports;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>report</c>: the prescribed annual report with a total's figures filled in.</summary>
internal static class ReportCommand
{
    public static Command Build(CommandRunner run)
    {
        var unit = new Option<string>("--unit") { Description = "Unit code, such as 360300.", Required = true };
        var period = new Option<string>("--period") { Description = "Year, such as 2024.", Required = true };
        var form = new Option<string>("--form") { Description = "Form that the report prints.", DefaultValueFactory = _ => "2021" };
        var format = new Option<string?>("--format") { Description = "md or html; by the name of the file where left out, else md." };
        format.AcceptOnlyFromAmong("md", "html");
        var language = LanguageOption();
        var output = new Option<FileInfo?>("--output", "-o") { Description = "File to write; the standard output where left out." };
        var scope = Selector.ScopeOption();
        var layer = Selector.LayerOption();
        var tree = Selector.TreeOption();
        var asOf = Selector.AsOfOption();
        var command = new Command("report", "年度报告 Writes the annual report, its tables filled in from a total.")
        {
            unit, period, form, format, language, output, scope, layer, tree, asOf,
        };
        run.Bind(command, async session =>
        {
            var total = new TotalSelector
            {
                Unit = session.Get(unit),
                Form = session.Get(form),
                Period = session.Get(period),
                Scope = Selector.ScopeOf(session.Get(scope)),
                Layer = Selector.LayerOf(session.Get(layer)),
                Tree = session.Get(tree),
                AsOf = session.Get(asOf),
            };
            var file = session.Get(output);
            await WriteAsync(session, total, Language.Of(session.Get(language)), IsHtml(session.Get(format), file), file);
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>--language, which templates take too.</summary>
    public static Option<string> LanguageOption()
    {
        var option = new Option<string>("--language") { Description = "zh or en.", DefaultValueFactory = _ => "zh" };
        option.AcceptOnlyFromAmong("zh", "en");
        return option;
    }

    private static bool IsHtml(string? format, FileInfo? file) => format is null
        ? file?.Extension.ToUpperInvariant() is ".HTML" or ".HTM"
        : format == "html";

    private static async Task WriteAsync(Session session, TotalSelector selector, Language language, bool html, FileInfo? file)
    {
        var form = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = selector.Form }, session.Api.Call());
        var total = await session.Api.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector }, session.Api.Call());
        var report = new AnnualReport(form, total, language);
        var text = html ? ReportHtml.Write(report) : ReportMarkdown.Write(report);
        if (file is null)
        {
            await session.Terminal.Output.WriteAsync(text);
            return;
        }

        try
        {
            await File.WriteAllTextAsync(file.FullName, text, session.Cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file.FullName} cannot be written: {fault.Message}");
        }

        session.Terminal.Note($"{file.FullName}: {report.Title}");
    }
}
