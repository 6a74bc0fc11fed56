using System.Diagnostics;

namespace Aggregation.Operations.Traces;

/// <summary>The spans of a trace as bars: each below what caused it, placed on one scale of time.</summary>
internal sealed class Waterfall
{
    /// <summary>What a span takes at least, so that the shortest one in a long trace can be seen: a pixel of 2,000.</summary>
    private const double Narrowest = 0.0005;

    private Waterfall(IReadOnlyList<Bar> bars, TimeSpan length) => (Bars, Length) = (bars, length);

    public IReadOnlyList<Bar> Bars { get; }

    /// <summary>What the scale spans.</summary>
    public TimeSpan Length { get; }

    public static Waterfall Of(IReadOnlyList<StoredSpan> spans)
    {
        if (spans.Count == 0)
        {
            return new Waterfall([], TimeSpan.Zero);
        }

        var begin = spans.Min(static span => span.Began);
        var length = spans.Max(static span => span.Ended) - begin;
        var ids = spans.Select(static span => span.Id).ToHashSet();
        var children = spans.OrderBy(static span => span.Began).ToLookup(span => ids.Contains(span.ParentId) ? span.ParentId : default);
        var bars = new List<Bar>(spans.Count);

        // Not recursive: how deep callers nest is theirs to choose.
        var open = new Stack<(StoredSpan Span, int Depth)>(children[default(ActivitySpanId)].Reverse().Select(static span => (span, 0)));
        while (open.TryPop(out var next))
        {
            var (span, depth) = next;
            bars.Add(new Bar(span, depth, Share(span.Began - begin, length), Math.Max(Narrowest, Share(span.Duration, length))));
            foreach (var child in children[span.Id].Reverse())
            {
                open.Push((child, depth + 1));
            }
        }

        return new Waterfall(bars, length);
    }

    private static double Share(TimeSpan part, TimeSpan whole) => whole > TimeSpan.Zero ? Math.Clamp(part / whole, 0, 1) : 0;

    /// <param name="Depth">Below how many others, 0 or more.</param>
    /// <param name="Begin">Where it begins on the scale, 0–1.</param>
    /// <param name="Width">How much of the scale it takes, 0.0005–1.</param>
    public sealed record Bar(StoredSpan Span, int Depth, double Begin, double Width);
}
