namespace Aggregation.Benchmarks;

/// <summary>How much of everything one run does.</summary>
/// <param name="Rounds">Periods of 10,500 submissions that are measured, 1 to 20.</param>
/// <param name="WarmUpRounds">Periods of 10,500 submissions before them: the runtime compiles hot code again while it runs.</param>
/// <param name="PartRounds">Rounds of 10,500 of what is measured alone, the first to warm up.</param>
/// <param name="EchoCalls">Echo calls in each round.</param>
/// <param name="Steps">Thousands of submissions on the small and on the large tree, 1 to 24.</param>
/// <param name="TriggerSeconds">How long each number of clients writes to PostgreSQL.</param>
/// <param name="LargeColdStart">Whether a cold start with 100,000 departments is measured too: it takes as many submissions.</param>
internal sealed record BenchScale(int Rounds, int WarmUpRounds, int PartRounds, int EchoCalls, int Steps, double TriggerSeconds, bool LargeColdStart)
{
    public static BenchScale Full { get; } = new(Rounds: 3, WarmUpRounds: 4, PartRounds: 6, EchoCalls: 40_000, Steps: 20, TriggerSeconds: 5, LargeColdStart: true);

    public static BenchScale Quick { get; } = new(Rounds: 1, WarmUpRounds: 2, PartRounds: 3, EchoCalls: 20_000, Steps: 4, TriggerSeconds: 1.5, LargeColdStart: false);
}
