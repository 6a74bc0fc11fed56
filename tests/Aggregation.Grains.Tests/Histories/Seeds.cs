namespace Aggregation.Grains.Tests.Histories;

/// <summary>What random histories begin with: three that are the same in every run, and one of the run's own, which the test's name tells.</summary>
public static class Seeds
{
    public static IReadOnlyList<int> Fixed { get; } = [11, 12, 13];

    public static TheoryData<int> All { get; } = [.. Fixed, Random.Shared.Next()];
}
