using Aggregation.Faults.Checking;
using Aggregation.TestKit.Postgres;
using Xunit.Abstractions;

namespace Aggregation.Faults.Runs;

/// <summary>The short form of the long one, <c>./test --faults</c>: every kind of fault, and a few kills.</summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    private const int Seed = 20170111;

    [Fact]
    public Task Run_OnSqlite_LosesNothingAndCountsEverythingOnce() => RunAsync("sqlite", kills: 2, faultsPerRound: 3);

    [PostgresFact]
    public Task Run_OnPostgres_LosesNothingAndCountsEverythingOnce() => RunAsync("postgres", kills: 2, faultsPerRound: 5);

    private async Task RunAsync(string database, int kills, int faultsPerRound)
    {
        await using var folder = await RunFolder.CreateAsync(database);
        output.WriteLine($"Seed {Seed}.");
        var summary = await new FaultRun(folder.Path, folder.Database, kills, faultsPerRound, Seed, output.WriteLine).RunAsync();
        output.WriteLine(summary.Line);
        Assert.Equal(Array.Empty<Discrepancy>(), summary.Discrepancies);
        Assert.Equal(kills, summary.Kills);
        Assert.True(summary.Receipts > 100 * kills, "The load was too light to show anything.");
        Assert.True(summary.Restructurings > 4 * kills, $"Only {summary.Restructurings} lists of changes were applied.");
        Assert.True(summary.TotalsChecked > 0, "Nothing was checked.");
    }
}
