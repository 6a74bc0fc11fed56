using Xunit.Abstractions;

namespace Aggregation.Fuzz.Runs;

/// <summary>The short form of the long one, <c>./test --fuzz</c>.</summary>
public sealed class FuzzRunTests(ITestOutputHelper output)
{
    private const int Seed = 20210130;

    [Fact]
    public async Task Run_EveryRpcInEveryWay_IsRefusedOrServedAndTheServerGoesOn()
    {
        var result = await new FuzzRun(perRpcAndKind: 3, Seed, output.WriteLine).RunAsync();

        output.WriteLine(result.Line);
        Assert.Empty(result.Faults);
        Assert.Equal(FuzzRun.Methods.Count * result.Kinds * 4, result.Requests);
        Assert.True(result.Statuses.GetValueOrDefault(Grpc.Core.StatusCode.OK) > 0, "Nothing came through: the requests show nothing.");
    }
}
