using Aggregation.V1;

namespace Aggregation.Cli.Tests.Commands;

public sealed class CheckCommandTests : CommandTest
{
    [Fact]
    public async Task Define_Options_AreSentAndTheCheckShown()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(
            "check", "define", "2014", "few", "--severity", "hard", "--rule", "[1.1] <= 10", "--zh", "多", "--en", "many"));

        Assert.Equal(
            new CheckDefinition { Form = "2014", CheckId = "few", Severity = Severity.Hard, Rule = "[1.1] <= 10", MessageZh = "多", MessageEn = "many" },
            Assert.Single(Server.Answers.ChecksDefined));
        Assert.Contains("启用", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Define_FaultyRule_IsRefusedNamingFieldAndRule()
    {
        Assert.Equal(ExitCode.Refused, await RunAsync("check", "define", "2014", "few", "--rule", "[9.9] > 0", "--zh", "多", "--en", "many"));

        Assert.Equal(Severity.Soft, Assert.Single(Server.Answers.ChecksDefined).Severity);
        Assert.Contains("check.rule", Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check", "define", "2014", "few", "--zh", "多", "--en", "many")]
    [InlineData("check", "define", "2014", "few", "--severity", "firm", "--rule", "[1.1] > 0", "--zh", "多", "--en", "many")]
    [InlineData("check", "retire", "2014")]
    public async Task Check_ArgumentMissingOrWrong_IsAUsageFault(params string[] arguments) =>
        Assert.Equal(ExitCode.Usage, await RunAsync(arguments));

    [Fact]
    public async Task RetireAndList_Answers_ShowTheStateOfEach()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("check", "retire", "2014", "few"));
        Assert.Contains("停用", Output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await RunAsync("check", "list", "--form", "2014"));
        Assert.Contains("启用", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("不适用", Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Try_ByIdOrByRule_AsksForTheSubtreeAndShowsCountsAndUnits()
    {
        Assert.Equal(ExitCode.Ok, await RunAsync("check", "try", "360300", "2014", "2017", "--id", "few"));
        Assert.Contains("应报 12 · 已报 9 · 有问题 found 3", Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("12 : 10", Output.ToString(), StringComparison.Ordinal);

        Assert.Equal(ExitCode.Ok, await RunAsync("check", "try", "360300", "2014", "2017", "--rule", "[1.1] <= 10", "--limit", "5", "--json"));
        Assert.Equal(
            [
                new TryCheckRequest { Unit = "360300", Form = "2014", Period = "2017", CheckId = "few", Limit = 20 },
                new TryCheckRequest
                {
                    Unit = "360300", Form = "2014", Period = "2017", Limit = 5,
                    Definition = new CheckDefinition
                    {
                        Form = "2014", CheckId = "tried", Severity = Severity.Soft, Rule = "[1.1] <= 10",
                        MessageZh = "{left} : {right}", MessageEn = "{left} : {right}",
                    },
                },
            ],
            Server.Answers.ChecksTried);
        Assert.Contains("\"found\": 3", Output.ToString(), StringComparison.Ordinal);
    }
}
