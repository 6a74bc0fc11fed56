using System.Diagnostics;
using Aggregation.Operations.Live;
using Aggregation.Operations.Traces;

namespace Aggregation.Hosting.Tests.Operations;

/// <summary>What is kept of a span, where its bar stands, and what a histogram tells.</summary>
public sealed class SpanTests
{
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void StoredSpan_OfAnActivity_HasNamesAndNothingThatMayQuoteARequest()
    {
        // A word that no identifier can hold by chance: those are hexadecimal.
        const string quoted = "quoted-figure";
        using var span = new Activity("ledger.push").SetIdFormat(ActivityIdFormat.W3C).Start();
        var other = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);
        span.SetTag("aggregation.unit", "610101").SetTag("aggregation.push.changes", 3).SetTag("aggregation.trace.alone", true)
            .SetTag("rpc.method", new string('m', 300)).SetTag("user_agent.original", "browser of a person").SetTag("url.query", "q=" + quoted)
            .SetTag("client.address", "203.0.113.9").SetTag("exception.message", quoted);
        span.AddLink(new ActivityLink(other));
        span.AddEvent(new ActivityEvent("exception", tags: new ActivityTagsCollection { ["exception.message"] = quoted }));
        span.SetStatus(ActivityStatusCode.Error, quoted);
        span.Stop();

        var stored = StoredSpan.Of(span);

        Assert.Equal(
            ["aggregation.unit=610101", "aggregation.push.changes=3", "aggregation.trace.alone=true", "rpc.method=" + new string('m', 256) + "…"],
            stored.Attributes.Select(static pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal((other.TraceId, other.SpanId), Assert.Single(stored.Links));
        Assert.True(stored.IsFault);
        Assert.DoesNotContain(quoted, stored.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Waterfall_OfNestedSpans_IsInTheOrderOfCausesOnOneScale()
    {
        var root = Span("request", default, 0, 100);
        var late = Span("late", root.Id, 60, 40);
        var early = Span("early", root.Id, 10, 20);
        var below = Span("below", early.Id, 15, 5);
        var orphan = Span("orphan", ActivitySpanId.CreateRandom(), 150, 50);

        var waterfall = Waterfall.Of([orphan, below, late, early, root]);

        Assert.Equal(TimeSpan.FromMilliseconds(200), waterfall.Length);
        Assert.Equal(
            [("request", 0, 0, 0.5), ("early", 1, 0.05, 0.1), ("below", 2, 0.075, 0.025), ("late", 1, 0.3, 0.2), ("orphan", 0, 0.75, 0.25)],
            waterfall.Bars.Select(static bar => (bar.Span.Name, bar.Depth, bar.Begin, bar.Width)));
    }

    [Fact]
    public void Waterfall_ShortSpanInALongTrace_CanBeSeen()
    {
        var root = Span("request", default, 0, 600_000);
        var waterfall = Waterfall.Of([root, Span("short", root.Id, 5, 1), Span("none", root.Id, 5, 0)]);

        Assert.Equal([1, 0.0005, 0.0005], waterfall.Bars.Select(static bar => bar.Width));
        Assert.Equal(0.0005, Assert.Single(Waterfall.Of([Span("alone", default, 0, 0)]).Bars).Width);
    }

    [Fact]
    public void Waterfall_DeepNesting_HasEveryBar()
    {
        var spans = new List<StoredSpan> { Span("0", default, 0, 1) };
        for (var i = 1; i < 20_000; i++)
        {
            spans.Add(Span("n", spans[^1].Id, 0, 1));
        }

        Assert.Equal(19_999, Waterfall.Of(spans).Bars[^1].Depth);
    }

    [Theory]
    [InlineData(0.5, 0.01)]
    [InlineData(0.25, 0.005)]
    [InlineData(0.75, 0.055)]
    [InlineData(1, 0.1)]
    public void Quantile_OfAHistogram_LiesEvenlyInItsBucket(double share, double expected)
    {
        var amount = new Amount { Count = 8, Bounds = [0.01, 0.1, double.PositiveInfinity], Buckets = [4, 4, 0] };
        Assert.Equal(expected, amount.Quantile(share)!.Value, 12);
    }

    [Fact]
    public void Quantile_BeyondTheLastBoundOrOfNothing_IsTheBoundOrNothing()
    {
        Assert.Equal(0.1, new Amount { Bounds = [0.01, 0.1, double.PositiveInfinity], Buckets = [0, 0, 3] }.Quantile(0.5));
        Assert.Null(new Amount { Bounds = [0.01, double.PositiveInfinity], Buckets = [0, 0] }.Quantile(0.5));
        Assert.Null(new Amount { Value = 3 }.Quantile(0.5));
    }

    private static StoredSpan Span(string name, ActivitySpanId parent, int began, int lasted) => new()
    {
        TraceId = default,
        Id = ActivitySpanId.CreateRandom(),
        ParentId = parent,
        Name = name,
        Source = "Aggregation.Ledger",
        Kind = ActivityKind.Internal,
        Began = Begin.AddMilliseconds(began),
        Duration = TimeSpan.FromMilliseconds(lasted),
        IsFault = false,
        Attributes = [],
        Links = [],
    };
}
