using Aggregation.Contracts;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>What the table <c>latest</c> holds is believed only as it was written; the streams are the truth.</summary>
public sealed class LatestRowsTests(ClassSilo silo) : SiloTest(silo)
{
    private string Row => $"tenant = '{Tenant}' AND unit = '360301-S01' AND period = '2017'";

    /// <summary>The silo's own audit would find, and repair, first.</summary>
    protected override Dictionary<string, string> Settings => new() { ["AuditInterval"] = "00:00:00" };

    [Fact]
    public async Task Activate_AnyBitOfTheStateFlipped_IsMadeAnewFromTheStream()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        var state = JournalBits.Blob(Folder, "latest", "state", Row);
        for (var bit = 0; bit < state.Length * 8; bit += 37)
        {
            JournalBits.Flip(Folder, "latest", "state", Row, bit);
            await EveryoneLeavesAsync();

            Assert.Equal(5, await TotalAsync(Province));
            Assert.Equal(state, JournalBits.Blob(Folder, "latest", "state", Row));
        }
    }

    [Theory]
    [InlineData("hash = zeroblob(32)")]
    [InlineData("hash = zeroblob(31)")]
    [InlineData("version = 1")]
    [InlineData("version = 3")]
    [InlineData("state = zeroblob(0)")]
    public async Task Submit_RowChanged_IsMadeAnewAndTheLedgerGoesOn(string change)
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        JournalBits.Execute(Folder, $"UPDATE latest SET {change} WHERE {Row}");
        await EveryoneLeavesAsync();

        Assert.Equal(3, (await SubmitAndAwaitAsync(CountyOne, "c", 6)).Revision);

        Assert.Equal(6, await TotalAsync(Province));
    }

    [Theory]
    [InlineData("DELETE FROM latest WHERE ")]
    [InlineData("UPDATE latest SET unit = 'elsewhere' WHERE ")]
    public async Task Submit_RowGone_IsRefusedOnceAndThenGoesOn(string change)
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        JournalBits.Execute(Folder, change + Row);
        await EveryoneLeavesAsync();

        await RefusedAsync(RefusalKind.Unavailable, () => SubmitAsync(CountyOne, "b", 5));

        Assert.Equal(2, (await SubmitAndAwaitAsync(CountyOne, "b", 5)).Revision);
        Assert.Equal(5, await TotalAsync(Province));
    }

    [Fact]
    public async Task Submit_RowOfAnEarlierEntry_IsRefusedOnceAndThenGoesOn()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        JournalBits.Execute(Folder, $"CREATE TABLE {Tenant} AS SELECT * FROM latest WHERE {Row}");
        await SubmitAndAwaitAsync(CountyOne, "b", 5);
        JournalBits.Execute(Folder, $"DELETE FROM latest WHERE {Row}; INSERT INTO latest SELECT * FROM {Tenant}");
        await EveryoneLeavesAsync();

        await RefusedAsync(RefusalKind.Unavailable, () => SubmitAsync(CountyOne, "c", 6));

        Assert.Equal(3, (await SubmitAndAwaitAsync(CountyOne, "c", 6)).Revision);
    }

    [Fact]
    public async Task Activate_RowAndStreamDamaged_IsRefusedNamingTheEntry()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        JournalBits.Flip(Folder, "latest", "state", Row, 9);
        JournalBits.Flip(Folder, "entry", "payload", $"tenant = '{Tenant}' AND unit = '360301-S01'", 9);
        await EveryoneLeavesAsync();

        var refusal = await RefusedAsync(RefusalKind.FailedPrecondition, () => TotalAsync(CountyOne));

        Assert.Equal(
            "Entry 1 of stream 'ledger/interaction/2017/360301-S01' is not as it was written (Changed).", refusal.Message);
    }

    [Fact]
    public async Task ListStandings_RowAndStreamOfAChildDamaged_IsRefusedNamingTheEntry()
    {
        await SubmitAndAwaitAsync(CountyOne, "a", 4);
        JournalBits.Flip(Folder, "latest", "state", Row, 9);
        JournalBits.Flip(Folder, "entry", "payload", $"tenant = '{Tenant}' AND unit = '360301-S01'", 9);

        var refusal = await RefusedAsync(
            RefusalKind.FailedPrecondition, () => Ledger(County).ListStandings(Caller, Names.Territory, CancellationToken.None));

        Assert.Equal(
            "Entry 1 of stream 'ledger/interaction/2017/360301-S01' is not as it was written (Changed).", refusal.Message);
    }

    private async Task EveryoneLeavesAsync()
    {
        // From below: who is still there may push, and wake again those above that have left.
        foreach (var unit in new[] { CountyOne, County, City, Province })
        {
            await Silo.Gate.DeactivateAsync(Key(unit));
        }

        Vault.Clear();
    }
}
