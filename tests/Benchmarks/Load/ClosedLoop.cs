using System.Diagnostics;

namespace Aggregation.Benchmarks.Load;

/// <summary>So many calls in flight at once, each followed by the next as soon as it is answered.</summary>
internal static class ClosedLoop
{
    /// <summary>In flight in every row.</summary>
    public const int InFlight = 64;

    /// <param name="count">Calls to make.</param>
    /// <param name="call">Makes call number <c>index</c> on lane <c>lane</c>, 0 to <see cref="InFlight"/> - 1.</param>
    /// <returns>From the first call to the last answer.</returns>
    public static async Task<TimeSpan> RunAsync(int count, Func<int, int, Task> call, CancellationToken cancellation)
    {
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, InFlight).Select(lane => Task.Run(async () =>
        {
            for (var index = Interlocked.Increment(ref next); index < count; index = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                await call(lane, index);
            }
        }, cancellation)));
        return Stopwatch.GetElapsedTime(started);
    }
}
