using Aggregation.Deploy.Tests.Faults;
using Aggregation.Deploy.Tests.Prometheus;
using Xunit.Abstractions;

namespace Aggregation.Deploy.Tests.Runs;

/// <summary>The short form of the long one, <c>./test --ops</c>: all queries, and two alerts.</summary>
public sealed class OperationsRunTests(ITestOutputHelper output)
{
    [PrometheusFact]
    public async Task Run_UnderLoad_AnswersEveryQueryAndFiresOnlyWhenSomethingIsWrong()
    {
        var result = await new OperationsRun(output.WriteLine).RunAsync([Provocations.ServerStops]);

        Assert.Equal([Provocation.Ticket("KeyExpiring"), Provocation.Page("TargetDown")], result.Fired);
    }
}
