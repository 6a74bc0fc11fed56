namespace Aggregation.Cli.Tests.Commands;

public sealed class PersonCommandTests : CommandTest
{
    [Theory]
    [InlineData("wang 王 · w@x · 1", "set", "wang", "--name", "王", "--email", "w@x", "--phone", "1")]
    [InlineData("203.0.113.1 · k1", "show", "wang")]
    [InlineData("oneself", "show")]
    [InlineData("erased: 4 rows", "erase", "wang")]
    [InlineData("erased: 2 rows", "erase-addresses", "k1")]
    public async Task Person_EachCommand_AsksAndShowsTheAnswer(string shown, params string[] arguments)
    {
        Assert.Equal(ExitCode.Ok, await RunAsync(["person", .. arguments]));

        Assert.Contains(shown, Output.ToString(), StringComparison.Ordinal);
    }
}
