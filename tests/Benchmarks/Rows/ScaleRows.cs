using Aggregation.Benchmarks.Report;
using Aggregation.Benchmarks.Tenants;

namespace Aggregation.Benchmarks.Rows;

/// <summary>
/// The same number of submissions, each to a fresh ledger, on 1,000 departments (so many periods) and on 100,000
/// (as many thousand of them in whole counties of 100, one period). Both trees have counties of 100 departments. A
/// thousand here and a thousand there by turns, so that both meet the same machine.
/// </summary>
internal sealed class ScaleRows(BenchScale scale, BenchTenant small, BenchTenant large, Progress progress)
{
    public static readonly TreeSize Small = new(2, 5, 100);
    public static readonly TreeSize Large = new(20, 50, 100);

    private const int Step = 1_000;

    public async Task<ScaleFigures> RunAsync(CancellationToken cancellation)
    {
        var inSmall = TimeSpan.Zero;
        var inLarge = TimeSpan.Zero;
        var largeSums = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var step = 0; step <= scale.Steps; step++)
        {
            // Step 0 warms up.
            inSmall += await StepAsync(small, new Workload(Small, step % 25, 0, Step), [], step > 0, Step, cancellation);
            inLarge += await StepAsync(
                large, new Workload(Large, 0, step * 4 * Step % Large.Leaves, Step), largeSums, step > 0, (step + 1) * Step, cancellation);
        }

        var figures = new ScaleFigures(scale.Steps * Step / inSmall.TotalSeconds, scale.Steps * Step / inLarge.TotalSeconds);
        progress.Say($"1,000 departments: {figures.Small:N0}/s; 100,000: {figures.Large:N0}/s");
        return figures;
    }

    /// <summary>Submits, waits until the root holds all of it, and checks that.</summary>
    private static async Task<TimeSpan> StepAsync(
        BenchTenant tenant, Workload workload, Dictionary<string, long> sums, bool counts, int submissions,
        CancellationToken cancellation)
    {
        var taken = await SubmitLoad.SubmitAsync(tenant, workload, probes: null, cancellation);
        foreach (var (code, sum) in workload.Sums)
        {
            sums[code] = sums.GetValueOrDefault(code) + sum;
        }

        await SubmitLoad.RequireTotalAsync(tenant, workload.Period, submissions, sums, cancellation);
        return counts ? taken : TimeSpan.Zero;
    }
}

/// <summary>Submissions a second on 1,000 and on 100,000 departments.</summary>
internal sealed record ScaleFigures(double Small, double Large);
