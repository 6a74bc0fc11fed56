using Aggregation.Cli.Tests.Reports;
using Aggregation.Cli.Tests.Spreadsheets;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Templates out, filled sheets in, and what the server finds named by sheet and cell.</summary>
public sealed class SpreadsheetCommandTests : CommandTest
{
    private const string Applications = "三、收到和处理政府信息公开申请情况";

    [Fact]
    public async Task TemplateThenSubmit_OfAFilledSheet_FilesItsFigures()
    {
        SubmitRequest? filed = null;
        Server.Answers.Form = _ => FormMessages.Annual;
        var submit = Server.Answers.Submit;
        Server.Answers.Submit = request => submit(filed = request);
        var file = await FilledAsync();

        Assert.Equal(ExitCode.Ok, await RunAsync("submit", file));

        Assert.Equal(("360300-S01", "2021", "2024"), (filed!.Unit, filed.Form, filed.Period));
        Assert.Equal([new Cell { Code = "3.1:person", Amount = new Amount { Units = 3 } }], filed.Cells);
        Assert.StartsWith("c-", filed.RequestId, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, await RunAsync("template", "--form", "2021", "-o", file));
        Assert.Contains("cannot be written", Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Submit_RefusedByTheServer_NamesSheetAndCell(int files)
    {
        Server.Answers.Form = _ => FormMessages.Annual;
        Server.Answers.Submit = _ => throw FakeServer.Refuse(StatusCode.InvalidArgument, "broken", new Violation
        {
            Field = "cells[3.1:total]", Value = "9 : 3", Rule = "sum", MessageZh = "总计不符", MessageEn = "not the sum",
        });
        var names = new List<string>();
        for (var number = 0; number < files; number++)
        {
            names.Add(await FilledAsync($"f{number}.xlsx", number + 3));
        }

        Assert.Equal(ExitCode.Refused, await RunAsync([.. names.Prepend("submit")]));

        Assert.Contains("[3.1:total]", Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("J4", Error.ToString(), StringComparison.Ordinal);
        if (files == 1)
        {
            Assert.Equal(ExitCode.Refused, await RunAsync("submit", names[0], "--json"));
            Assert.Contains($"f0.xlsx: Sheet \\\"{Applications}\\\" J4 [3.1:total]", Error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("validate")]
    public async Task Command_FieldOfTheCoverIsRefusedByTheServer_NamesSheetAndCell(string command)
    {
        Server.Answers.Form = _ => FormMessages.Annual;
        var refusal = FakeServer.Refuse(StatusCode.InvalidArgument, "broken", new Violation
        {
            Field = "period", Value = "2024", Rule = "2025", MessageZh = "报告期不符", MessageEn = "not that period",
        });
        Server.Answers.Submit = _ => throw refusal;
        Server.Answers.Validate = _ => throw refusal;

        Assert.Equal(ExitCode.Refused, await RunAsync(command, await FilledAsync(), "--json"));
        Assert.Contains("f.xlsx: Sheet \\\"填报信息\\\" B6\"", Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_Findings_NameSheetAndCell()
    {
        Server.Answers.Form = _ => FormMessages.Annual;
        Server.Answers.Validate = _ => new ValidateResponse
        {
            Acceptable = true,
            Findings = { new Finding { CheckId = "3.2=last-3.4:person", Severity = Severity.Soft, Cell = "3.2:person", Value = "0 : 1", Rule = "r", MessageZh = "请说明", MessageEn = "explain" } },
        };

        Assert.Equal(ExitCode.Ok, await RunAsync("validate", await FilledAsync()));
        Assert.Contains("D5", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_FaultySheet_SendsNothing()
    {
        Server.Answers.Form = _ => FormMessages.Annual;
        Server.Answers.Submit = _ => throw new InvalidOperationException("It was sent.");
        var file = await FilledAsync();
        await File.WriteAllBytesAsync(file, new TestWorkbook(await File.ReadAllBytesAsync(file)).Text((Applications, "D4"), "3").ToArray());

        Assert.Equal(ExitCode.Usage, await RunAsync("submit", file, "--json"));

        Assert.Contains($"f.xlsx: Sheet \\\"{Applications}\\\" D4\"", Error.ToString(), StringComparison.Ordinal);
        Assert.Contains("This is text, not a number.", Error.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A template as the command writes it, with one figure.</summary>
    private async Task<string> FilledAsync(string name = "f.xlsx", int figure = 3)
    {
        var file = Path.Combine(Folder.FullName, name);
        Assert.Equal(ExitCode.Ok, await RunAsync("template", "--form", "2021", "-o", file, "--unit", "360300-S01", "--period", "2024"));
        var book = new TestWorkbook(await File.ReadAllBytesAsync(file)).Number((Applications, "D4"), $"{figure}");
        await File.WriteAllBytesAsync(file, book.ToArray());
        return file;
    }
}
