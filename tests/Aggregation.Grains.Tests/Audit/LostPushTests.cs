using System.Diagnostics;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Xunit.Abstractions;

namespace Aggregation.Grains.Tests.Audit;

/// <summary>
/// A province of 10,666 units with a full period. A department's correction is acknowledged, its push is held up, and the process
/// dies: the next one has the correction at the root although nobody touches that department.
/// </summary>
public sealed class LostPushTests(ITestOutputHelper output)
{
    private const string Root = "360000";
    private const int Cities = 15;
    private const int CountiesPerCity = 10;
    private const int DepartmentsPerCounty = 70;
    private const int CallsAtOnce = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private static readonly string[] CityCodes = [.. Enumerable.Range(1, Cities).Select(n => $"36{n:D2}00")];
    private static readonly string[] Counties = [.. CityCodes.SelectMany(city => Enumerable.Range(1, CountiesPerCity).Select(n => $"{city[..4]}{n:D2}"))];
    private static readonly string[] Departments =
        [.. Counties.SelectMany(county => Enumerable.Range(1, DepartmentsPerCounty).Select(n => $"{county}-D{n:D2}"))];

    private readonly Caller _caller = TestSilo.Everything("south");

    [Fact]
    public async Task Kill_ALeafAcknowledgedAndNotPropagated_IsAtTheRootUntouched()
    {
        using var journal = TestJournal.OnSqlite();
        await using var lives = await SiloLives.StartAsync(journal);
        var silo = await lives.Up;
        await silo.CreateTenantAsync("south", Units());
        await FillAsync(silo);
        var before = await TotalAsync(silo);
        Assert.Equal((Departments.Length, (long)Departments.Length), (before.Coverage.Submitted, Amount(before)));

        var leaf = Departments[Departments.Length / 2];
        var held = silo.Gate.Block(nameof(IRollupGrain.Push), Key(leaf[..6]));
        await silo.Ledger(Key(leaf)).Submit(_caller, Command("correction", 1_000_001), CancellationToken.None);
        await held.Reached.WaitAsync(Patience);
        Assert.Equal(before.Digest, (await TotalAsync(silo)).Digest);

        var touched = 0;
        var began = Stopwatch.GetTimestamp();
        await lives.KillAsync(
            held.Release,
            next => next.Gate.OnCall = (_, key) => Interlocked.Add(ref touched, key == Key(leaf).ToString() ? 1 : 0));
        var started = Stopwatch.GetElapsedTime(began);
        var after = await TotalAsync(await lives.Up);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Departments.Length} departments: the root was right {Stopwatch.GetElapsedTime(began).TotalMilliseconds:F0} ms after the kill, {started.TotalMilliseconds:F0} ms of it for the restart"));

        Assert.Equal((Departments.Length, Departments.Length + 1_000_000L), (after.Coverage.Submitted, Amount(after)));
        Assert.NotEqual(before.Digest, after.Digest);
        Assert.Equal(0, Volatile.Read(ref touched));
        Assert.Empty(await (await lives.Up).Audit(new AuditKey("south", "interaction", "2017")).Audit(CancellationToken.None));
    }

    private static LedgerKey Key(string unit) => new("south", "interaction", "2017", unit);

    private static SubmitCommand Command(string requestId, long value) => TestSilo.Command(requestId, ("2.1", value));

    private static long Amount(TotalView total) => Assert.Single(total.Cells).Amount.Units;

    private Task<TotalView> TotalAsync(TestSilo silo) => silo.Ledger(Key(Root)).GetTotal(_caller, new TotalQuery()).WaitAsync(Patience);

    /// <summary>Every department files, and all of it is at the root when it completes.</summary>
    private async Task FillAsync(TestSilo silo)
    {
        await Parallel.ForEachAsync(
            Departments,
            new ParallelOptions { MaxDegreeOfParallelism = CallsAtOnce },
            async (unit, stop) => await silo.Ledger(Key(unit)).Submit(_caller, Command("first", 1), stop));

        // Looked at, not observed: an observer would be forgotten where this takes longer than its lease.
        using var patience = new CancellationTokenSource(Patience);
        while ((await TotalAsync(silo)).Coverage.Submitted < Departments.Length)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    private static string Units() => string.Join('\n',
    [
        "code,name,kind,level,parent,from,to", $"{Root},Province,government,province,,,",
        .. CityCodes.Select(city => $"{city},City,government,city,{Root},,"),
        .. Counties.Select(county => $"{county},County,government,county,{county[..4]}00,,"),
        .. Departments.Select(department => $"{department},Department,department,,{department[..6]},,"),
    ]);
}
