using System.CommandLine;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Spreadsheets;
using Aggregation.V1;

namespace Aggregation.Cli.Commands;

/// <summary><c>template</c>: a form as a spreadsheet to be filled in, which submit and validate read.</summary>
internal static class TemplateCommand
{
    public static Command Build(CommandRunner run)
    {
        var form = new Option<string>("--form") { Description = "Form, such as 2021.", Required = true };
        var output = new Option<FileInfo>("--output", "-o") { Description = "The .xlsx file to write; must not exist.", Required = true };
        var unit = new Option<string?>("--unit") { Description = "Unit to fill in." };
        var period = new Option<string?>("--period") { Description = "Period to fill in." };
        var language = ReportCommand.LanguageOption();
        var command = new Command("template", "模板 Writes a form as a spreadsheet to fill in.") { form, output, unit, period, language };
        run.Bind(command, async session =>
        {
            var file = session.Get(output)!;
            var definition = await session.Api.Catalog.GetFormAsync(new GetFormRequest { Form = session.Get(form) }, session.Api.Call());
            var plan = new FormSheets(definition, Language.Of(session.Get(language)));
            await WriteAsync(file, TemplateWriter.Write(plan, session.Get(unit) ?? "", session.Get(period) ?? ""), session.Cancellation);
            session.Terminal.Note($"{file.FullName}: {plan.Tables.Count} sheets, {definition.Cells.Count} cells");
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>A file that stands there may be filled in already, so it is never written over.</summary>
    private static async Task WriteAsync(FileInfo file, byte[] content, CancellationToken cancellation)
    {
        try
        {
            await using var stream = new FileStream(file.FullName, FileMode.CreateNew, FileAccess.Write);
            await stream.WriteAsync(content, cancellation);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"{file.FullName} cannot be written: {fault.Message}");
        }
    }
}
