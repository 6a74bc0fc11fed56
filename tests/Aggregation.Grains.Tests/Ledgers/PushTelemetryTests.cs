using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Ledgers;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>What traces tell of contributions on their way up.</summary>
public sealed class PushTelemetryTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Push = nameof(IRollupGrain.Push);

    [Fact]
    public async Task Push_ChangesWhileOneIsHeldUp_AreLinkedFromTheNext()
    {
        var (causes, pushes) = await SubmitFourWhileOneIsHeldUpAsync(static _ => true);

        var spans = causes.ConvertAll(cause => cause.SpanId);
        var own = pushes.Where(push => spans.Contains(push.ParentSpanId)).ToList();
        Assert.Equal([spans[0], spans[1]], own.Select(push => push.ParentSpanId));
        Assert.Empty(own[0].Links);
        Assert.Equal([spans[2], spans[3]], own[1].Links.Select(link => link.Context.SpanId));
    }

    [Fact]
    public async Task Push_CarriesAnUntracedChangeFirst_IsInTheTracedOnesTrace()
    {
        var (causes, pushes) = await SubmitFourWhileOneIsHeldUpAsync(static number => number == 3);

        var own = Assert.Single(pushes, push => causes.Exists(cause => cause.TraceId == push.TraceId));
        Assert.Equal(causes[2].SpanId, own.ParentSpanId);
        Assert.Empty(own.Links);
    }

    /// <summary>The first one's push is held up until the other three are acknowledged.</summary>
    /// <param name="isTraced">Of the first, second, third and fourth submission.</param>
    private async Task<(List<Activity> Causes, IEnumerable<Activity> Pushes)> SubmitFourWhileOneIsHeldUpAsync(Func<int, bool> isTraced)
    {
        var causes = new ConcurrentQueue<Activity>();
        var started = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LedgerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) => creation.Parent.TraceFlags == ActivityTraceFlags.Recorded
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStarted = started.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        Silo.Gate.OnCall = (method, _) =>
        {
            if (method == nameof(ILedgerGrain.Submit))
            {
                var flags = isTraced(causes.Count + 1) ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
                causes.Enqueue(new Activity("submit") { ActivityTraceFlags = flags }.Start());
            }
        };
        var barrier = Silo.Gate.Block(Push, Key(City));
        await SubmitAsync(County, "a", 1);
        await barrier.Reached;
        await SubmitAsync(County, "b", 2);
        await SubmitAsync(County, "c", 3);
        var last = await SubmitAsync(County, "d", 4);
        barrier.Release();
        await AwaitAsync(last, City);
        return ([.. causes], started.Where(span => span.OperationName == "ledger.push"));
    }
}

/// <summary>What measurements tell of contributions on their way up; of whose contributions, they do not tell.</summary>
public sealed class PushMeasurementTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task Push_OnItsWayUp_MeasuresFreshnessAtEachLevel()
    {
        var merged = new ConcurrentDictionary<(string Level, string Root), double>();
        var included = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener();
        var own = Silo.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, own)
                && instrument.Name is ("aggregation.ledger.freshness" or "aggregation.ledger.push.duration"))
            {
                meters.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "aggregation.ledger.freshness")
            {
                merged[((string)tags[0].Value!, (string)tags[1].Value!)] = value;
            }
            else
            {
                included[(string)tags[0].Value!] = value;
            }
        });
        listener.Start();

        // In memory before: a ledger that a push wakes may tell its parent of it before it takes the push itself, and then does not know its age.
        Assert.Null(await TotalAsync(Province));
        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        Assert.Equal(
            [("city", "false"), ("county", "false"), ("province", "true")], merged.Keys.Order());
        Assert.All(merged.Values, age => Assert.True(age >= 0));
        Assert.Equal(["city", "county", "province"], included.Keys.Order());
    }
}
