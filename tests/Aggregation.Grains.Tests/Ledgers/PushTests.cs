using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>Contributions on their way up: conflated, tried again, told apart by version.</summary>
public sealed class PushTests : SiloTest
{
    private const string Push = nameof(IRollupGrain.Push);

    [Theory]
    [InlineData(CountyOne)]
    [InlineData(County)]
    public async Task Push_FiftyRevisionsWhileOneIsHeldUp_TakeOneMore(string unit)
    {
        var parent = unit == County ? City : County;
        var barrier = Silo.Gate.Block(Push, Key(parent));
        await SubmitAsync(unit, "first", 1);
        await barrier.Reached;
        Receipt last = null!;
        for (var i = 1; i <= 50; i++)
        {
            last = await SubmitAsync(unit, $"r{Text(i)}", i);
        }

        Assert.Equal(1, Silo.Gate.Count(Push, Key(parent)));
        barrier.Release();
        await AwaitAsync(last, parent);

        Assert.Equal(2, Silo.Gate.Count(Push, Key(parent)));
        await AwaitAsync(last);
        Assert.Equal(50, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_FiftyChildrenWhileTheParentIsHeldUp_TakeOneMore()
    {
        await SubmitAndAwaitAsync(CountyTwo, "first", 1);
        var before = Silo.Gate.Count(Push, Key(City));
        var barrier = Silo.Gate.Block(Push, Key(City));
        await AwaitAsync(await SubmitAsync(CountyOne, "a", 1), County);
        await barrier.Reached;
        Receipt last = null!;
        for (var i = 1; i <= 50; i++)
        {
            last = await SubmitAsync(CountyOne, $"r{Text(i)}", i);
            await AwaitAsync(last, County);
        }

        barrier.Release();
        await AwaitAsync(last);

        Assert.Equal(before + 2, Silo.Gate.Count(Push, Key(City)));
        Assert.Equal(51, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_ChangesWhileOneIsHeldUp_AreLinkedFromTheNext()
    {
        var causes = new ConcurrentQueue<Activity>();
        var pushes = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LedgerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = pushes.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        Silo.Gate.OnCall = (method, _) =>
        {
            if (method == nameof(ILedgerGrain.Submit))
            {
                causes.Enqueue(new Activity("submit") { ActivityTraceFlags = ActivityTraceFlags.Recorded }.Start());
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

        var spans = causes.Select(cause => cause.SpanId).ToList();
        var own = pushes.Where(push => push.OperationName == "ledger.push" && spans.Contains(push.ParentSpanId)).OrderBy(push => push.StartTimeUtc).ToList();
        Assert.Equal([spans[0], spans[1]], own.Select(push => push.ParentSpanId));
        Assert.Empty(own[0].Links);
        Assert.Equal([spans[2], spans[3]], own[1].Links.Select(link => link.Context.SpanId));
    }

    [Fact]
    public async Task Push_CarriesAnUntracedChangeFirst_IsInTheTracedOnesTrace()
    {
        var causes = new ConcurrentQueue<Activity>();
        var pushes = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == LedgerTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> creation) => creation.Parent.TraceFlags == ActivityTraceFlags.Recorded
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStarted = pushes.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        Silo.Gate.OnCall = (method, _) =>
        {
            if (method == nameof(ILedgerGrain.Submit))
            {
                // Only the third is traced.
                var flags = causes.Count == 2 ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None;
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

        var spans = causes.ToList();
        var own = Assert.Single(
            pushes, push => push.OperationName == "ledger.push" && spans.Exists(cause => cause.TraceId == push.TraceId));
        Assert.Equal(spans[2].SpanId, own.ParentSpanId);
        Assert.Empty(own.Links);
    }

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

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        Assert.Equal(
            [("city", "false"), ("county", "false"), ("province", "true")], merged.Keys.Order());
        Assert.All(merged.Values, age => Assert.True(age >= 0));
        Assert.Equal(["city", "county", "province"], included.Keys.Order());
    }

    [Fact]
    public async Task Push_ParentThrows_IsTriedAgain()
    {
        Silo.Gate.Fail(Push, Key(County), times: 3);

        await SubmitAndAwaitAsync(CountyOne, "a", 5);

        Assert.Equal(5, await TotalAsync(Province));
        Assert.Equal(4, Silo.Gate.Count(Push, Key(County)));
    }

    [Fact]
    public async Task Push_ActivationEndedBeforeItArrived_ArrivesWithoutAnybodyAsking()
    {
        var arrived = new TaskCompletionSource();
        var barrier = Silo.Gate.Block(Push, Key(County));
        await SubmitAsync(CountyOne, "a", 5);
        await barrier.Reached;
        Silo.Gate.OnPush = (parent, contribution) =>
        {
            if (parent.Unit == County && contribution.Version == new LedgerVersion(0, 1))
            {
                arrived.TrySetResult();
            }
        };

        await Silo.Gate.DeactivateAsync(Key(CountyOne));

        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        barrier.Release();
    }

    /// <summary>
    /// As when a silo is lost that kept the ledger's registration. A parent that wakes asks its children before it takes a push: a child that waited for
    /// that push's end before its own would keep both from coming to one.
    /// </summary>
    [Fact]
    public async Task Push_ParentAsksAnActivationThatIsToEnd_BothGoOn()
    {
        var barrier = Silo.Gate.Block(Push, Key(City));
        var receipt = await SubmitAsync(County, "a", 5);
        await barrier.Reached;

        await Silo.Gate.DeactivateAsync(Key(County)).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(5, await TotalAsync(County));

        barrier.Release();
        await AwaitAsync(receipt);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_DuplicateOrOlder_ChangesNothing()
    {
        var pushed = new ConcurrentQueue<Contribution>();
        Silo.Gate.OnPush = (parent, contribution) =>
        {
            if (parent.Unit is County or City)
            {
                pushed.Enqueue(contribution);
            }
        };
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyOne, "b", 7);
        await AwaitAsync(await WithdrawAsync(CountyOne, "c"));
        await SubmitAndAwaitAsync(CountyOne, "d", 9);
        Silo.Gate.OnPush = null;
        var before = await ViewAsync(Province);

        foreach (var contribution in pushed.Reverse().Concat(pushed))
        {
            var parent = contribution.Unit == CountyOne ? County : City;
            var held = await ViewAsync(parent);
            var ack = await Silo.Rollup(Key(parent)).Push(contribution);

            Assert.Equal(new PushAck(PushOutcome.Included, held.Version), ack);
        }

        var after = await ViewAsync(Province);
        Assert.Equal((before.Version, before.Digest, 9), (after.Version, after.Digest, Figure(after.Cells)));
        Assert.NotEmpty(pushed);
    }

    [Fact]
    public async Task Push_OfALowerEpoch_IsSupersededAndItsSenderDiscardsItself()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var held = await Silo.Rollup(Key(County)).Pull("territory");
        var ahead = held with { Version = new LedgerVersion(held.Version.Epoch + 1, 1) };
        Assert.Equal(PushOutcome.Included, (await Silo.Rollup(Key(City)).Push(ahead)).Outcome);
        Assert.Equal(PushOutcome.Superseded, (await Silo.Rollup(Key(City)).Push(held)).Outcome);
        var gone = Silo.Gate.DeactivatedAsync(Key(County));

        var receipt = await SubmitAsync(CountyOne, "b", 7);

        await gone.WaitAsync(TimeSpan.FromSeconds(60));
        await AwaitAgainAsync(receipt);
        Assert.True((await Silo.Rollup(Key(County)).Pull("territory")).Version > ahead.Version);
        Assert.Equal(7, await TotalAsync(Province));
    }

    [Fact]
    public async Task Push_OnAnotherStructureOrFromNoChild_IsNotTaken()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var held = await Silo.Rollup(Key(CountyOne)).Pull("territory");
        var later = held with { Version = new LedgerVersion(0, 9) };
        var county = Silo.Rollup(Key(County));
        var none = new PushAck(PushOutcome.StructureDiffers, default);

        Assert.Equal(none, await county.Push(later with { Members = default }));
        Assert.Equal(none, await county.Push(later with { Members = new Membership(held.Members.High, held.Members.Low + 1) }));
        Assert.Equal(none, await county.Push(later with { Unit = CityOne }));
        Assert.Equal(none, await county.Push(later with { Unit = "999999" }));
        Assert.Equal(none, await county.Push(later with { Tree = "education" }));
        Assert.Equal(none, await Silo.Rollup(Key(City)).Push(later));
        Assert.Equal(5, await TotalAsync(City));
    }

    [Fact]
    public async Task Push_StructureGrowsWhileItIsHeldUp_ArrivesInTheNewOne()
    {
        var barrier = Silo.Gate.Block(Push, Key(City));
        await SubmitAsync(Lonely, "a", 3);
        await barrier.Reached;
        await Silo.Tenant("south").ImportUnits(Caller, new ImportUnitsCommand
        {
            Csv = "code,name,kind,level,parent,from,to\n360302-S01,New,department,,360302,,",
        });

        barrier.Release();
        await AwaitAgainAsync(await SubmitAsync("360302-S01", "b", 4));

        Assert.Equal(7, await TotalAsync(Province));
        Assert.Equal(7, await TotalAsync(Lonely));
        Assert.Equal(3, await TotalAsync(Lonely, Scope.Own));
        Assert.Equal(10, (await ViewAsync(Province)).Coverage.Expected);
    }

    [Fact]
    public async Task Submit_LeafThatArrived_LeavesMemory()
    {
        await SubmitAsync(CountyOne, "a", 5);

        await Silo.Gate.DeactivatedAsync(Key(CountyOne)).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.Equal(5, await TotalAsync(CountyOne));
    }

    /// <summary>As a client does: a ledger that leaves memory tells those who wait to ask again.</summary>
    private async Task AwaitAgainAsync(Receipt receipt)
    {
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await AwaitAsync(receipt);
                return;
            }
            catch (Contracts.RefusedException refusal) when (refusal.Kind == Contracts.RefusalKind.Unavailable)
            {
                // Asked again.
            }
        }

        await AwaitAsync(receipt);
    }
}
