using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Tests;

public sealed class LedgerGrainTests : IAsyncLifetime, IDisposable
{
    private const string Units = """
        code,name,kind,level,parent,from,to
        360000,Province,government,province,,,
        360300,City,government,city,360000,,
        360300-S01,Department one,department,,360300,,
        360300-S02,Department two,department,,360300,,
        360301,County,government,county,360300,,
        360301-S01,County department,department,,360301,,
        """;

    private readonly TempFolder _folder = new();
    private TestSilo _silo = null!;
    private Caller _caller = null!;

    public async Task InitializeAsync()
    {
        _silo = await TestSilo.StartAsync(_folder.Path);
        _caller = await _silo.CreateTenantAsync("south", Units);
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Submit_AtLeaves_SumsAtEveryScopeAbove()
    {
        await SubmitAndAwaitAsync("360300-S01", "a", 10);
        await SubmitAndAwaitAsync("360301-S01", "b", 5);
        await SubmitAndAwaitAsync("360300", "c", 1);

        Assert.Equal(16, await TotalAsync("360000", Scope.Region));
        Assert.Equal(16, await TotalAsync("360300", Scope.Region));
        Assert.Equal(11, await TotalAsync("360300", Scope.Level));
        Assert.Equal(1, await TotalAsync("360300", Scope.Own));
        Assert.Null(await TotalAsync("360000", Scope.Own));
    }

    [Fact]
    public async Task Submit_SameRequestTwice_ReturnsTheSameReceipt()
    {
        var command = TestSilo.Command("a", ("1.2", 1), ("1.1", 2));
        var ledger = _silo.Ledger(Key("360300-S01"));

        var first = await ledger.Submit(_caller, command, CancellationToken.None);
        var second = await ledger.Submit(_caller, command, CancellationToken.None);

        Assert.Equal((first.Revision, first.Hash, first.At), (second.Revision, second.Hash, second.At));
        Assert.Equal(1, second.Revision);
    }

    private static LedgerKey Key(string unit) => new("south", "interaction", "2017", unit);

    private async Task SubmitAndAwaitAsync(string unit, string requestId, long value)
    {
        var receipt = await _silo.Ledger(Key(unit)).Submit(
            _caller, TestSilo.Command(requestId, ("1.1", value), ("1.2", value)), CancellationToken.None);
        await _silo.Ledger(Key(unit)).Await(
            _caller, new AwaitQuery { Revision = receipt.Revision, AtUnit = "360000" }, CancellationToken.None);
    }

    private async Task<long?> TotalAsync(string unit, Scope scope)
    {
        var total = await _silo.Ledger(Key(unit)).GetTotal(_caller, new TotalQuery { Scope = scope });
        return total.Cells.Where(cell => cell.Cell == "1.1").Select(cell => (long?)cell.Amount.Units).SingleOrDefault();
    }
}
