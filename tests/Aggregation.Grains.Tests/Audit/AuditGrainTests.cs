using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;

namespace Aggregation.Grains.Tests.Audit;

public sealed class AuditGrainTests(ClassSilo silo) : SiloTest(silo)
{
    private string Row => $"tenant = '{Tenant}' AND unit = '360301-S01'";

    private AuditKey Audited => new(Tenant, "interaction", "2017");

    /// <summary>The silo's own audit would find, and repair, first.</summary>
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00" };

    [Fact]
    public async Task Audit_LedgerMadeWrong_NamesItAndNoneAboveIt()
    {
        var receipt = await SubmitAndAwaitAsync(CountyOne, "a", 5);
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

        var drift = Assert.Single(drifts);
        Assert.Equal(
            (County, Layer.Submitted, Hex(wrong.Submitted), Hex(right), Names.Territory, true),
            (drift.Unit, drift.Layer, drift.Held, drift.Expected, drift.Tree, drift.IsRepaired));
        Assert.Equal(
            new Difference(CountyOne, DifferenceKind.Altered, 1, receipt.Hash), Assert.Single(drift.Differences));
        Assert.Equal(Hex(right), Hex((await Silo.Rollup(Key(County)).Pull(Names.Territory)).Submitted));
        Assert.Equal(12, await TotalAsync(Province));
        Assert.Empty(await Silo.Audit(Audited).Audit(CancellationToken.None));
    }

    [Fact]
    public async Task Audit_LedgerHoldsASubmissionTooMuchAndOneTooFew_NamesBothAndRepairs()
    {
        var first = await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var old = await Silo.Rollup(Key(CountyOne)).Pull(Names.Territory);
        var second = await SubmitAndAwaitAsync(CountyOne, "b", 6);
        await PushAsync(County, old with { Version = new LedgerVersion(0, 100) });
        Assert.Equal(5, await TotalAsync(Province));

        var drifts = await Silo.Audit(Audited).Audit(CancellationToken.None);

        Assert.All(drifts, drift => Assert.Equal((County, true), (drift.Unit, drift.IsRepaired)));
        Assert.Equal([Layer.Submitted, Layer.Accepted], drifts.Select(drift => drift.Layer).Order());
        Assert.Equal(
            [
                new Difference(CountyOne, DifferenceKind.Extra, 1, first.Hash),
                new Difference(CountyOne, DifferenceKind.Missing, 2, second.Hash),
            ],
            drifts[0].Differences.ToArray());
        Assert.Equal(6, await TotalAsync(Province));
    }

    [Fact]
    public async Task Audit_ParentHoldsAnOldBranch_NamesTheSubmissionAndRepairs()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        var old = await Silo.Rollup(Key(County)).Pull(Names.Territory);
        var missing = await SubmitAndAwaitAsync(CountyTwo, "b", 6);
        await PushAsync(City, old with { Version = new LedgerVersion(old.Version.Epoch, 100) });
        Assert.Equal(5, await TotalAsync(Province));

        var drifts = await Silo.Audit(Audited).Audit(CancellationToken.None);

        Assert.All(drifts, drift => Assert.Equal((City, true), (drift.Unit, drift.IsRepaired)));
        Assert.Equal(
            [new Difference(CountyTwo, DifferenceKind.Missing, 1, missing.Hash)], drifts[0].Differences.ToArray());
        Assert.Equal(11, await TotalAsync(Province));
    }

    [Theory]
    [InlineData("UPDATE latest SET s0 = (s0 + 1) % 4294967296 WHERE ")]
    [InlineData("UPDATE latest SET a3 = (a3 + 9) % 4294967296 WHERE ")]
    [InlineData("DELETE FROM latest WHERE ")]
    public async Task Audit_StoredDigestChanged_IsMadeAnewAndTheTotalLeftAlone(string change)
    {
        var receipt = await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CityTwo, "b", 7);
        var state = JournalBits.Blob(Folder, "latest", "state", Row);
        var epoch = (await Silo.Rollup(Key(County)).Pull(Names.Territory)).Version.Epoch;
        JournalBits.Execute(Folder, change + Row);

        var drifts = await Silo.Audit(Audited).Audit(CancellationToken.None);

        Assert.NotEmpty(drifts);
        Assert.All(drifts, drift => Assert.True(drift.IsRepaired));
        Assert.Equal([new Difference(CountyOne, DifferenceKind.Stored, 1, receipt.Hash)], drifts[0].Differences.ToArray());
        Assert.Equal(state, JournalBits.Blob(Folder, "latest", "state", Row));
        Assert.Equal(epoch, (await Silo.Rollup(Key(County)).Pull(Names.Territory)).Version.Epoch);
        Assert.Equal(12, await TotalAsync(Province));
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
