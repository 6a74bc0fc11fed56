using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Grains.Snapshots;

namespace Aggregation.Grains.Tests.Snapshots;

/// <summary>What memory held is read back from the journal, with or without snapshots.</summary>
public sealed class RestartTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Pull = nameof(IRollupGrain.PullAt);

    private static readonly string[] Everyone =
        [Province, City, CityOne, Institute, CityTwo, County, CountyOne, CountyTwo, Lonely];

    /// <summary>The silo's own audit would wake the root before a test does.</summary>
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00" };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Vault.Clear();
    }

    [Fact]
    public async Task Restart_EveryUnit_HasTheSameTotalsCoverageAndDigests()
    {
        await FillAsync();
        var before = await ReadAsync();

        await RestartAsync();

        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task Restart_WithoutSnapshots_IsTheSame()
    {
        await FillAsync();
        var before = await ReadAsync();
        await Silo.Gate.DeactivateAsync(Key(Province));
        Vault.Clear();

        await RestartAsync();
        Vault.Clear();

        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task Deactivate_EveryLedger_TotalsAreTheSame()
    {
        await FillAsync();
        var before = await ReadAsync();
        foreach (var unit in Everyone)
        {
            await Silo.Gate.DeactivateAsync(Key(unit));
        }

        Assert.Equal(before, await ReadAsync());
    }

    [Fact]
    public async Task Activate_SnapshotAsTheJournalHasIt_WakesNoChild()
    {
        await FillAsync();
        await Silo.Gate.DeactivateAsync(Key(Province));
        Assert.NotEqual(0, Vault.Count);
        var pulls = Silo.Gate.Count(Pull, Key(City));

        Assert.Equal(121, await TotalAsync(Province));

        Assert.Equal(pulls, Silo.Gate.Count(Pull, Key(City)));
    }

    [Fact]
    public async Task Restart_SnapshotAsTheJournalHasIt_WakesNoChildAndTakesLaterPushes()
    {
        await FillAsync();
        await RestartAsync();

        Assert.Equal(121, await TotalAsync(Province));
        Assert.Equal(0, Silo.Gate.Count(Pull, Key(City)));

        await SubmitAndAwaitAsync(CountyOne, "later", 1000);
        Assert.Equal(1121 - 81, await TotalAsync(Province));
    }

    [Fact]
    public async Task Activate_SnapshotBehindTheJournal_AsksTheChild()
    {
        await FillAsync();
        await Silo.Gate.DeactivateAsync(Key(Province));
        var old = Vault.Copy();
        await SubmitAndAwaitAsync(CountyOne, "later", 1000);
        await Silo.Gate.DeactivateAsync(Key(Province));
        Vault.Restore(old);
        var pulls = Silo.Gate.Count(Pull, Key(City));

        Assert.Equal(1121 - 81, await TotalAsync(Province));

        Assert.Equal(pulls + 1, Silo.Gate.Count(Pull, Key(City)));
    }

    [Theory]
    [InlineData("damaged")]
    [InlineData("version")]
    [InlineData("form")]
    [InlineData("digest")]
    [InlineData("empty")]
    public async Task Activate_SnapshotThatCannotBeUsed_AsksTheChild(string fault)
    {
        await FillAsync();
        await Silo.Gate.DeactivateAsync(Key(Province));
        switch (fault)
        {
            case "damaged":
                Vault.Change(bytes => [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]);
                break;
            case "version":
                Vault.Change(bytes => [2, .. bytes[1..]]);
                break;
            case "form":
                Vault.Change((LedgerSnapshot snapshot) => snapshot with { FormHash = "other" });
                break;
            case "digest":
                Vault.Change((LedgerSnapshot snapshot) => snapshot with
                {
                    Children = [.. snapshot.Children.Select(child => child with { Submitted = child.Submitted with { DigestLow = 1 } })],
                });
                break;
            default:
                Vault.Change((LedgerSnapshot snapshot) => snapshot with { Children = [] });
                break;
        }

        var pulls = Silo.Gate.Count(Pull, Key(City));

        Assert.Equal(121, await TotalAsync(Province));

        Assert.Equal(pulls + 1, Silo.Gate.Count(Pull, Key(City)));
    }

    private async Task FillAsync()
    {
        await SubmitAndAwaitAsync(CityOne, "a", 1);
        await SubmitAndAwaitAsync(Institute, "a", 3);
        await SubmitAndAwaitAsync(CityTwo, "a", 7);
        await AwaitAsync(await WithdrawAsync(CityTwo, "b"));
        await SubmitAndAwaitAsync(County, "a", 9);
        await SubmitAndAwaitAsync(CountyOne, "a", 5);
        await SubmitAndAwaitAsync(CountyOne, "b", 81);
        await SubmitAndAwaitAsync(Lonely, "a", 27);
        await AwaitAsync(await Ledger(CountyTwo).Submit(
            Caller, new SubmitCommand { RequestId = "a", Nil = true }, CancellationToken.None));
    }

    private async Task<string[]> ReadAsync()
    {
        var lines = new List<string>();
        foreach (var unit in Everyone)
        {
            foreach (var scope in Enum.GetValues<Scope>())
            {
                foreach (var layer in Enum.GetValues<Layer>())
                {
                    var view = await ViewAsync(unit, scope, layer);
                    lines.Add($"{unit} {scope} {layer}: {view.Coverage} {view.Digest} {string.Join(' ', view.Cells)}");
                }
            }
        }

        return [.. lines];
    }
}
