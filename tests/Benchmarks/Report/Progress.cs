using System.Diagnostics;

namespace Aggregation.Benchmarks.Report;

/// <summary>What is being done, on standard error: standard output holds the result only.</summary>
internal sealed class Progress
{
    private readonly long _started = Stopwatch.GetTimestamp();

    public void Say(FormattableString text) => Say(FormattableString.Invariant(text));

    public void Say(string text) =>
        Console.Error.WriteLine(FormattableString.Invariant($"[{Stopwatch.GetElapsedTime(_started).TotalSeconds,6:F1} s] {text}"));
}
