using Aggregation.Benchmarks.Load;

namespace Aggregation.Benchmarks.Parts;

/// <summary>What a part of the product costs when nothing else runs in this process.</summary>
internal static class PartCost
{
    /// <param name="rounds">2 or more: the first one warms up.</param>
    /// <param name="prepare">Makes what a round does, before it is measured.</param>
    /// <param name="count">How many each round does.</param>
    /// <returns>Microseconds of this process's processor time for one.</returns>
    public static async Task<double> MedianAsync(int rounds, Func<int, Func<Task>> prepare, int count)
    {
        var costs = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var run = prepare(round);
            var before = Environment.CpuUsage.TotalTime;
            await run();
            costs.Add((Environment.CpuUsage.TotalTime - before).TotalMicroseconds / count);
        }

        return Samples.Median(costs.Skip(1));
    }
}
