using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Diagnostics;

namespace Aggregation.Polyfills.Orleans.Tests;

public sealed class FilterTests
{
    [Fact]
    public async Task Filters_Both_SeeTheCallInOrderAndMayChangeIt()
    {
        var seen = new ConcurrentQueue<string>();
        await using var silo = await TestSilo.StartAsync(builder => builder
            .AddOutgoingGrainCallFilter(async context =>
            {
                if (!IsOfTheTest(context))
                {
                    await context.Invoke();
                    return;
                }

                seen.Enqueue($"out {context.InterfaceMethod.Name} {context.TargetId} from {context.SourceId?.ToString() ?? "client"}");
                RequestContext.Set("by", "filter");
                await context.Invoke();
                context.Result = (int)context.Result! * 10;
            })
            .AddIncomingGrainCallFilter(async context =>
            {
                if (!IsOfTheTest(context))
                {
                    await context.Invoke();
                    return;
                }

                seen.Enqueue($"in {context.MethodName} {context.Request.GetArgument(0)} {context.ImplementationMethod.DeclaringType!.Name} {RequestContext.Get("by")}");
                context.Request.SetArgument(0, 5);
                await context.Invoke();
            }));

        Assert.Equal(70, await silo.Grains.GetGrain<IEchoGrain>("e").Add(1, 2));
        Assert.Equal(["out Add echo/e from client", "in Add 1 EchoGrain filter"], seen);
    }

    [Fact]
    public async Task Filter_Throws_CallerGetsItsException()
    {
        await using var silo = await TestSilo.StartAsync(static builder =>
            builder.AddIncomingGrainCallFilter(static context =>
                IsOfTheTest(context) ? throw new UnauthorizedAccessException("no") : context.Invoke()));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => silo.Grains.GetGrain<IEchoGrain>("e").Key());
    }

    [Fact]
    public async Task ActivityPropagation_Call_MakesClientAndServerSpansOfOneTrace()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var root = new Activity("root").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == ActivitySources.ApplicationGrainActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var silo = await TestSilo.StartAsync(static builder => builder.AddActivityPropagation());
        await silo.Grains.GetGrain<IEchoGrain>("e").ReadContextOf("f", "x");

        var mine = spans.Where(span => span.TraceId == root.TraceId).ToDictionary(static span => (span.DisplayName, span.Kind));
        var outer = mine[("IEchoGrain/ReadContextOf", ActivityKind.Client)];
        var served = mine[("IEchoGrain/ReadContextOf", ActivityKind.Server)];
        var inner = mine[("IEchoGrain/ReadContext", ActivityKind.Client)];
        Assert.Equal(root.SpanId, outer.ParentSpanId);
        Assert.Equal(outer.SpanId, served.ParentSpanId);
        Assert.Equal(served.SpanId, inner.ParentSpanId);
        Assert.Equal(inner.SpanId, mine[("IEchoGrain/ReadContext", ActivityKind.Server)].ParentSpanId);
        Assert.Equal("orleans", served.GetTagItem("rpc.system.name"));
        Assert.Equal(typeof(IEchoGrain).FullName, served.GetTagItem("orleans.rpc.service"));
        Assert.Equal($"{typeof(IEchoGrain).FullName}/ReadContextOf", served.GetTagItem("rpc.method"));
        Assert.Equal("echo/e", served.GetTagItem("orleans.rpc.target_id"));
        Assert.Equal("echo/e", inner.GetTagItem("orleans.rpc.source_id"));
    }

    [Fact]
    public async Task Meter_Calls_AreMeasuredUnderUpstreamsNames()
    {
        var measured = new ConcurrentDictionary<string, bool>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Meter.Name == "Microsoft.Orleans") self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.SetMeasurementEventCallback<int>((instrument, _, _, _) => measured[instrument.Name] = true);
        listener.Start();
        await using var silo = await TestSilo.StartAsync();
        await silo.Grains.GetGrain<IEchoGrain>("e").Key();
        listener.RecordObservableInstruments();

        Assert.Contains("orleans-app-requests-latency", measured.Keys);
        Assert.Contains("orleans-catalog-activations", measured.Keys);
        Assert.Contains("orleans-catalog-activation-created", measured.Keys);
    }

    /// <summary>Filters see the calls among the silo's own parts too.</summary>
    private static bool IsOfTheTest(IGrainCallContext context) => context.InterfaceMethod.DeclaringType == typeof(IEchoGrain);
}
