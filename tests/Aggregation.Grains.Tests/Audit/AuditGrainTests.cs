using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Tests.Hosting;

namespace Aggregation.Grains.Tests.Audit;

public sealed class AuditGrainTests : SiloTest
{
    private static readonly AuditKey Audited = new("south", "interaction", "2017");

    [Fact]
    public async Task Audit_LedgerMadeWrong_NamesItAndNoneAboveIt()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CityTwo, "b", 7);
        var right = (await Silo.Rollup(Key(County)).Pull(Names.Territory)).Submitted;
        var leaf = await Silo.Rollup(Key(CountyOne)).Pull(Names.Territory);
        var wrong = leaf with
        {
            Version = new LedgerVersion(0, 100),
            Submitted = leaf.Submitted with { DigestLow = leaf.Submitted.DigestLow + 1 },
        };
        await PushAsync(County, wrong);

        var drifts = await Silo.Audit(Audited).Audit(CancellationToken.None);

        var held = (await Silo.Rollup(Key(County)).Pull(Names.Territory)).Submitted;
        Assert.Equal(
            new Drift(County, Layer.Submitted, Hex(held), Hex(right)), Assert.Single(drifts));
        Assert.NotEqual(drifts[0].Held, drifts[0].Expected);
    }

    [Fact]
    public async Task Audit_TwoLedgersMadeWrong_NamesBoth()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CityTwo, "b", 7);
        foreach (var (unit, parent) in new[] { (CountyOne, County), (CityTwo, City) })
        {
            var leaf = await Silo.Rollup(Key(unit)).Pull(Names.Territory);
            await PushAsync(parent, leaf with
            {
                Version = new LedgerVersion(0, 100),
                Accepted = leaf.Accepted with { DigestHigh = leaf.Accepted.DigestHigh ^ 8 },
            });
        }

        var drifts = await Silo.Audit(Audited).Audit(CancellationToken.None);

        Assert.Equal(
            [(City, Layer.Accepted), (County, Layer.Accepted)],
            drifts.Select(drift => (drift.Unit, drift.Layer)).Order());
    }

    [Fact]
    public async Task Audit_PushLostOnItsWay_IsNoDriftOnceItHasArrived()
    {
        var barrier = Silo.Gate.Block(nameof(IRollupGrain.Push), Key(County));
        await SubmitAsync(CountyOne, "a", 5);
        await barrier.Reached;
        var audit = Silo.Audit(Audited).Audit(CancellationToken.None);
        Assert.False(audit.IsCompleted);

        barrier.Release();

        Assert.Empty(await audit);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Audit_WhileSubmissionsRace_FindsNothing()
    {
        using var stop = new CancellationTokenSource();
        string[] units = [CityOne, Institute, County, CountyOne, CountyTwo, Lonely];
        var writers = units.Select(async unit =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await SubmitAsync(unit, $"r{Text(i)}", i);
            }
        }).ToList();

        for (var i = 0; i < 10; i++)
        {
            Assert.Empty(await Silo.Audit(Audited).Audit(CancellationToken.None));
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.Empty(await Silo.Audit(Audited).Audit(CancellationToken.None));
    }

    [Fact]
    public async Task Audit_NothingFiledOrNoTenant_FindsNothing()
    {
        Assert.Empty(await Silo.Audit(Audited).Audit(CancellationToken.None));
        Assert.Empty(await Silo.Audit(Audited with { Tenant = "nobody" }).Audit(CancellationToken.None));
    }

    /// <summary>Waits until the error has reached the root, from where an audit looks.</summary>
    private async Task PushAsync(string parent, Contribution wrong)
    {
        var ack = await Silo.Rollup(Key(parent)).Push(wrong);
        Assert.Equal(PushOutcome.Included, ack.Outcome);
        await Silo.Rollup(Key(parent)).AwaitIncluded(Names.Territory, ack.Parent, Province, CancellationToken.None);
    }

    private static string Hex(LayerContribution layer) =>
        new Domain.Figures.SetDigest(layer.DigestHigh, layer.DigestLow).ToString();
}

/// <summary>With a short interval.</summary>
public sealed class AuditTimerTests : SiloTest
{
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00.050" };

    [Fact]
    public async Task AuditTimer_WhatThisSiloWrote_IsAudited()
    {
        var audited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Silo.Gate.OnCall = (method, key) =>
        {
            if (method == nameof(IAuditGrain.Audit))
            {
                audited.TrySetResult(key);
            }
        };

        await SubmitAsync(CountyOne, "a", 5);

        Assert.Equal("audit/south/interaction/2017", await audited.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }
}
