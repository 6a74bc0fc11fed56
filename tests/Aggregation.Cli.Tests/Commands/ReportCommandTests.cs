using Aggregation.Cli.Tests.Reports;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class ReportCommandTests : CommandTest
{
    [Fact]
    public async Task Report_ToAFile_WritesByItsNameTheTotalAskedFor()
    {
        TotalSelector? asked = null;
        Server.Answers.Form = _ => FormMessages.Annual;
        Server.Answers.Total = selector =>
        {
            asked = selector;
            return FormMessages.Total();
        };
        var file = Path.Combine(Folder.FullName, "report.html");

        Assert.Equal(ExitCode.Ok, await RunAsync(
            "report", "--unit", "360300", "--period", "2024", "--scope", "level", "--layer", "accepted", "-o", file));

        Assert.Equal(
            new TotalSelector { Unit = "360300", Form = "2021", Period = "2024", Scope = Scope.Level, Layer = Layer.Accepted, Tree = "territory" }, asked);
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"zh-CN\">", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        Assert.Equal("", Output.ToString());

        Assert.Equal(ExitCode.Ok, await RunAsync("report", "--unit", "360300", "--period", "2024", "--language", "en"));
        Assert.StartsWith("# 样例", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("## 一、 Overview", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OutputCannotBeWritten_IsAUsageFault()
    {
        Server.Answers.Form = _ => FormMessages.Annual;
        Server.Answers.Total = _ => FormMessages.Total();

        Assert.Equal(ExitCode.Usage, await RunAsync(
            "report", "--unit", "360300", "--period", "2024", "-o", Path.Combine(Folder.FullName, "none", "report.md")));
        Assert.Contains("cannot be written", Error.ToString(), StringComparison.Ordinal);
    }
}
