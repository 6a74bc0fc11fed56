using System.Collections.Immutable;
using System.Diagnostics;
using Aggregation.Operations;
using Aggregation.Operations.Traces;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Aggregation.Hosting.Tests.Operations;

public sealed class TraceStoreTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public void Recent_OneTooMany_DropsTheOldest()
    {
        var store = Store(recent: 2, kept: 0);
        var traces = Enumerable.Range(1, 3).Select(i => Request(store, TimeSpan.FromMilliseconds(i))).ToList();

        Assert.Equal([traces[2], traces[1]], Ids(store, TraceOrder.Newest));
        Assert.False(store.Takes(traces[0]));
        Assert.Equal(2 * store.Find(traces[1])!.Bytes, store.Bytes);
    }

    [Fact]
    public void Kept_OfOlderOnes_AreTheSlowestAndTheFailedAndTheRefused()
    {
        var store = Store(recent: 1, kept: 2);
        var slow = Request(store, TimeSpan.FromSeconds(9));
        var failed = Request(store, TimeSpan.FromMilliseconds(1), "UNAVAILABLE");
        var refused = Request(store, TimeSpan.FromMilliseconds(1), "INVALID_ARGUMENT");
        var slower = Request(store, TimeSpan.FromSeconds(10));
        var fast = Request(store, TimeSpan.FromMilliseconds(2));
        var last = Request(store, TimeSpan.FromMilliseconds(3));

        Assert.Equal([failed, refused, slower, slow, last], Ids(store, TraceOrder.Failed));
        Assert.Equal([slower, slow, last], Ids(store, TraceOrder.Slowest).Take(3));
        Assert.False(store.Takes(fast));
        Assert.True(store.IsSlow(TimeSpan.FromSeconds(9.5)));
        Assert.False(store.IsSlow(TimeSpan.FromSeconds(8)));
    }

    [Fact]
    public void Kept_AfterAnHour_GiveWay()
    {
        var store = Store(recent: 1, kept: 1);
        Request(store, TimeSpan.FromSeconds(9));
        var waiting = Request(store, TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromMinutes(61));
        var later = Request(store, TimeSpan.FromMilliseconds(5));
        var last = Request(store, TimeSpan.FromMilliseconds(3));

        // The slowest of all is more than an hour old, and so is the one that came after it.
        Assert.Equal([later, last], Ids(store, TraceOrder.Slowest));
        Assert.False(store.Takes(waiting));
    }

    [Fact]
    public void Bytes_OfAnyLoad_StayBelowTheirBound()
    {
        var store = Store(recent: 100_000, kept: 100, bytes: 64 << 10);
        for (var i = 0; i < 2_000; i++)
        {
            Request(store, TimeSpan.FromMilliseconds(i), i % 3 == 0 ? "UNAVAILABLE" : i % 3 == 1 ? "INVALID_ARGUMENT" : "OK");
            Assert.InRange(store.Bytes, 1, 64 << 10);
        }

        Assert.InRange(store.Count, 10, 64);
        Assert.Equal(store.Bytes, store.Search(new TraceQuery(TraceOrder.Newest)).Sum(static trace => (long)trace.Bytes));
    }

    [Fact]
    public void Spans_BeyondTheMost_AreCountedAndTheCallsOwnKept()
    {
        var store = Store(spans: 3);
        var id = ActivityTraceId.CreateRandom();
        store.Begin(id, time.GetUtcNow());
        for (var i = 0; i < 5; i++)
        {
            store.Add(Span(id, "ledger.push", "Aggregation.Ledger", TimeSpan.FromMilliseconds(1)));
        }

        AddCall(store, id, TimeSpan.FromMilliseconds(7), "OK");

        var trace = store.Find(id)!;
        Assert.Equal((5, 2), (trace.Spans.Count, trace.Left));
        Assert.Equal((TimeSpan.FromMilliseconds(7), "SubmissionService/Submit", TraceOutcome.Ok), (trace.Duration, trace.Rpc, trace.Outcome));
    }

    [Fact]
    public void SpanOfATraceThatWasNotTaken_MakesAPartialOne()
    {
        var store = Store();
        var id = ActivityTraceId.CreateRandom();
        AddCall(store, id, TimeSpan.FromMilliseconds(7), "INTERNAL");

        var trace = store.Find(id)!;
        Assert.True(trace.IsPartial);
        Assert.Equal((TraceOutcome.Failed, "INTERNAL"), (trace.Outcome, trace.Status));
    }

    [Theory]
    [InlineData("north", "", "", 2)]
    [InlineData("north", "SubmissionService/Submit", "610101", 1)]
    [InlineData("", "SubmissionService/Submit", "", 3)]
    [InlineData("", "", "610101", 2)]
    [InlineData("nort", "", "", 0)]
    [InlineData("", "RollupService/GetTotal", "", 0)]
    public void Search_ByTenantRpcAndUnit_FindsThose(string tenant, string rpc, string unit, int found)
    {
        var store = Store();
        Request(store, TimeSpan.FromMilliseconds(1), "OK", "north", "610101");
        Request(store, TimeSpan.FromMilliseconds(1), "OK", "north", "610102");
        Request(store, TimeSpan.FromMilliseconds(1), "OK", "south", "610101");

        Assert.Equal(found, store.Search(new TraceQuery(TraceOrder.Newest, tenant, rpc, unit)).Count);
    }

    [Fact]
    public void Search_ByOutcome_FindsThose()
    {
        var store = Store();
        var ok = Request(store, TimeSpan.FromMilliseconds(1));
        var refused = Request(store, TimeSpan.FromMilliseconds(1), "INVALID_ARGUMENT");
        var failed = Request(store, TimeSpan.FromMilliseconds(1), "UNAVAILABLE");

        Assert.Equal(
            [failed, refused, ok],
            new[] { TraceOutcome.Failed, TraceOutcome.Refused, TraceOutcome.Ok }.Select(outcome =>
                Assert.Single(store.Search(new TraceQuery(TraceOrder.Newest) { Outcome = outcome })).Id));
    }

    [Fact]
    public void Search_Streams_AreNotTheSlowest()
    {
        var store = Store();
        var id = ActivityTraceId.CreateRandom();
        store.Begin(id, time.GetUtcNow());
        AddCall(store, id, TimeSpan.FromHours(3), "OK", ("aggregation.stream", "true"));
        var call = Request(store, TimeSpan.FromMilliseconds(1));

        Assert.Equal([call, id], Ids(store, TraceOrder.Slowest));
    }

    private static List<ActivityTraceId> Ids(TraceStore store, TraceOrder order) =>
        [.. store.Search(new TraceQuery(order)).Select(static trace => trace.Id)];

    private TraceStore Store(int recent = 10, int kept = 10, int spans = 100, int bytes = 1 << 20) => new(
        Options.Create(new OpsOptions { RecentTraces = recent, KeptTraces = kept, SpansPerTrace = spans, TraceBytes = bytes }), time);

    private ActivityTraceId Request(
        TraceStore store, TimeSpan duration, string status = "OK", string tenant = "north", string unit = "610101")
    {
        var id = ActivityTraceId.CreateRandom();
        store.Begin(id, time.GetUtcNow());
        AddCall(store, id, duration, status, ("aggregation.tenant", tenant), ("aggregation.unit", unit));
        time.Advance(TimeSpan.FromMilliseconds(1));
        return id;
    }

    private void AddCall(TraceStore store, ActivityTraceId id, TimeSpan duration, string status, params (string, string)[] more)
    {
        store.Add(Span(
            id, "aggregation.v1.SubmissionService/Submit", "Aggregation.Gateway", duration,
            [("rpc.method", "aggregation.v1.SubmissionService/Submit"), ("rpc.response.status_code", status), .. more], isFault: status is "INTERNAL" or "UNAVAILABLE"));
        store.Add(Span(id, "POST", "Microsoft.AspNetCore", duration) with { Kind = ActivityKind.Server });
    }

    private StoredSpan Span(
        ActivityTraceId trace, string name, string source, TimeSpan duration, IEnumerable<(string, string)>? attributes = null, bool isFault = false) => new()
        {
            TraceId = trace,
            Id = ActivitySpanId.CreateRandom(),
            ParentId = default,
            Name = name,
            Source = source,
            Kind = ActivityKind.Internal,
            Began = time.GetUtcNow(),
            Duration = duration,
            IsFault = isFault,
            Attributes = [.. (attributes ?? []).Select(static pair => new KeyValuePair<string, string>(pair.Item1, pair.Item2))],
            Links = ImmutableArray<(ActivityTraceId, ActivitySpanId)>.Empty,
        };
}
