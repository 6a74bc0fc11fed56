using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Aggregation.ServiceDefaults.Tracing;

/// <summary>
/// Whether a call fails is known when it ends, and whether it is traced must be known when it begins. So one that failed untraced leaves a
/// span of its own: a trace without hops, and without a parent that would be missed.
/// </summary>
public sealed class FailureSpans(TimeProvider time)
{
    /// <summary>Marks such a span.</summary>
    public const string Alone = "aggregation.trace.alone";

    private const int MostPerSecond = 20;

    private readonly PerSecond _most = new(MostPerSecond, time);

    /// <summary>Makes the span; none where nobody takes traces, or beyond 20 in a second.</summary>
    /// <param name="source">Whose span it is.</param>
    /// <param name="name">Of the span.</param>
    /// <param name="elapsed">How long ago what failed began.</param>
    /// <param name="describe">Sets what its span would have had.</param>
    public void Add(ActivitySource source, string name, TimeSpan elapsed, Action<Activity> describe)
    {
        if (!source.HasListeners() || !_most.TryTake())
        {
            return;
        }

        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            using var span = source.StartActivity(
                ActivityKind.Server, tags: [new(Alone, true)], startTime: time.GetUtcNow() - elapsed, name: name);
            if (span is not null)
            {
                describe(span);
            }
        }
        finally
        {
            Activity.Current = current;
        }
    }

    internal static bool IsOne(in SamplingParameters span)
    {
        foreach (var tag in span.Tags ?? [])
        {
            if (tag.Key == Alone)
            {
                return true;
            }
        }

        return false;
    }
}
