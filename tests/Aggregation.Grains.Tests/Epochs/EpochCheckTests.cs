using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Grains.Tests.Epochs;

/// <summary>
/// Two silos on one journal, neither of which knows of the other, so that every ledger can be active twice. Epochs are
/// checked when the test says so.
/// </summary>
public class EpochCheckTests(SplitSilos silos) : JournalTest, IClassFixture<SplitSilos>, IAsyncLifetime
{
    private const string Province = "360000";
    private const string City = "360300";
    private const string County = "360301";
    private const string CountyOne = "360301-S01";
    private const string CountyTwo = "360301-S02";

    private const string Units = """
        code,name,kind,level,parent,from,to
        360000,Province,government,province,,,
        360300,City,government,city,360000,,
        360301,County,government,county,360300,,
        360301-S01,One,department,,360301,,
        360301-S02,Two,department,,360301,,
        """;

    private string _tenant = "";
    private Caller _caller = null!;
    private TestSilo _one = null!;
    private TestSilo _two = null!;

    public async Task InitializeAsync()
    {
        (_one, _two) = await silos.StartAsync(NewJournalAsync);
        _tenant = silos.NextTenant();
        _caller = await _one.CreateTenantAsync(_tenant, Units);
    }

    public Task DisposeAsync()
    {
        _one.Gate.Reset();
        _two.Gate.Reset();
        return Task.CompletedTask;
    }

    [DatabaseFact]
    public async Task Submit_AtBothLeavesAtOnce_OneWinsEachRevisionAndTheOtherDiscardsItself()
    {
        var barriers = new[] { _one, _two }.Select(silo => silo.Gate.Block(nameof(IRollupGrain.Push), Key(County))).ToList();
        await SubmitAsync(_one, CountyOne, "first", 1);
        Assert.Equal(1, (await _two.Ledger(Key(CountyOne)).Get(_caller, null, CancellationToken.None)).Receipt.Revision);
        var second = await SubmitAsync(_one, CountyOne, "second", 2);

        // The other leaf still stands at revision 1: its append finds revision 2 taken.
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => SubmitAsync(_two, CountyOne, "third", 3));
        Assert.Equal(RefusalKind.Unavailable, refusal.Kind);

        // The same request again meets an activation that has read the journal.
        var third = await SubmitAsync(_two, CountyOne, "third", 3);
        Assert.Equal((2, 3), (second.Revision, third.Revision));
        Assert.Equal(
            [1, 2, 3], (await _two.Ledger(Key(CountyOne)).History(_caller, CancellationToken.None)).Select(view => view.Receipt.Revision));
        barriers.ForEach(barrier => barrier.Release());
    }

    [DatabaseFact]
    public async Task Submit_SameRequestAtBothLeaves_GivesOneReceipt()
    {
        var first = await SubmitAsync(_one, CountyOne, "r", 1);
        var again = await SubmitAsync(_two, CountyOne, "r", 1);
        Assert.Equal((first.Revision, first.Hash), (again.Revision, again.Hash));
    }

    [DatabaseFact]
    public async Task EpochCheck_LaterActivationElsewhere_EndsTheEarlierAndNotTheLater()
    {
        Assert.Null(await TotalAsync(_one, Province));
        Assert.Null(await TotalAsync(_two, Province));

        await _two.CheckEpochsAsync();
        await _one.CheckEpochsAsync();
        await _one.Gate.DeactivatedAsync(Key(Province));

        // Nothing was taken in meanwhile: nobody is woken, and the later one stays.
        await _two.CheckEpochsAsync();
        Assert.False(_two.Gate.DeactivatedAsync(Key(Province)).IsCompleted);
    }

    [DatabaseFact]
    public async Task EpochCheck_SupersededAncestorHadTakenAPush_ItIsInTheTotalOfTheOtherSilo()
    {
        await SubmitAndAwaitAsync(_one, CountyOne, "a", 5);
        Assert.Equal(5, await TotalAsync(_two, Province));

        // All ancestors are held twice, the later ones by the second silo; the first one's take this in and pass it up.
        await SubmitAndAwaitAsync(_one, CountyTwo, "b", 7);
        Assert.Equal(12, await TotalAsync(_one, Province));
        Assert.Equal(5, await TotalAsync(_two, Province));

        await _one.CheckEpochsAsync();
        await EndedAsync(_one, Province, City, County);
        foreach (var unit in new[] { County, City, Province })
        {
            // Woken, the first silo's ledgers hold a later epoch again.
            await _one.Rollup(Key(unit)).Pull(Names.Territory);
        }

        await _two.CheckEpochsAsync();
        await EndedAsync(_two, Province, City, County);

        Assert.Equal(12, await TotalAsync(_two, Province));
        Assert.Equal(12, await TotalAsync(_one, Province));
    }

    [DatabaseFact]
    public async Task EpochCheck_OtherSiloWroteToAHeldLeaf_TheLeafIsReadAnew()
    {
        var barrier = _two.Gate.Block(nameof(IRollupGrain.Push), Key(County));
        await SubmitAsync(_two, CountyOne, "a", 5);
        await SubmitAsync(_one, CountyOne, "b", 8);
        Assert.Equal(5, await TotalAsync(_two, CountyOne));

        await _two.CheckEpochsAsync();
        barrier.Release();
        await EndedAsync(_two, CountyOne);

        Assert.Equal(8, await TotalAsync(_two, CountyOne));
    }

    private LedgerKey Key(string unit) => new(_tenant, "interaction", "2017", unit);

    private Task EndedAsync(TestSilo silo, params string[] units) =>
        Task.WhenAll(units.Select(unit => silo.Gate.DeactivatedAsync(Key(unit)))).WaitAsync(TimeSpan.FromSeconds(60));

    private Task<Receipt> SubmitAsync(TestSilo silo, string unit, string requestId, long value) => silo.Ledger(Key(unit)).Submit(
        _caller, TestSilo.Command(requestId, ("1.1", value), ("1.2", value)), CancellationToken.None);

    private async Task SubmitAndAwaitAsync(TestSilo silo, string unit, string requestId, long value)
    {
        var receipt = await SubmitAsync(silo, unit, requestId, value);
        await silo.Ledger(Key(unit)).Await(
            _caller, new AwaitQuery { Revision = receipt.Revision, AtUnit = Province }, CancellationToken.None);
    }

    private async Task<long?> TotalAsync(TestSilo silo, string unit)
    {
        var view = await silo.Ledger(Key(unit)).GetTotal(_caller, new TotalQuery());
        return view.Cells.Where(cell => cell.Cell == "1.1").Select(cell => (long?)cell.Amount.Units).SingleOrDefault();
    }
}
