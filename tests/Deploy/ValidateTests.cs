using System.Diagnostics;
using Aggregation.ServerKit.Hosting;
using Xunit.Abstractions;

namespace Aggregation.Deploy.Tests;

public sealed class ValidateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Validate_WhatIsInDeploy_FindsNothingWrong()
    {
        await using var validate = new RunningProcess(new ProcessStartInfo(Path.Combine(Checkout.Root, "deploy", "validate")));

        var code = await validate.ExitedAsync(Patience.Step);

        output.WriteLine(validate.Output);
        Assert.True(code == 0, validate.Output);
    }
}
