using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite;

namespace Aggregation.Storage.Tests;

/// <summary>Look-ups in periods in which nobody had filed when they were first asked about.</summary>
public sealed class SqliteFreshPeriodTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SqliteFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Read_OfAFreshPeriod_FindsWhoFiledSinceAndAnswersForTheOthersWithoutTheDatabase()
    {
        var options = files.Options();
        options.ReadConnections = 1;
        await using var journal = SqliteFiles.Open(options);
        await MakeFreshAsync(journal, "2017");

        await AppendAsync(journal, Entries.Ledger("t1", "u1"));

        Assert.Equal("u1", Assert.Single(await ReadAsync(journal, "u1", "2017")).Unit);
        using var release = new ManualResetEventSlim();
        var busy = Task.Run(() => journal.ReadAsync(_ => release.Wait(Patience), CancellationToken.None));
        var absent = ReadAsync(journal, "u2", "2017");
        Assert.True(absent.IsCompletedSuccessfully);
        Assert.Empty(await absent);
        release.Set();
        Assert.True(await busy);
    }

    [Fact]
    public async Task Read_OfSeveralPeriods_FindsTheRowsOfThoseThatWereNotFresh()
    {
        var options = files.Options();
        await using (var before = SqliteFiles.Open(options))
        {
            await AppendAsync(before, Entries.Ledger("t1", "u1", period: "2016"));
        }

        await using var journal = SqliteFiles.Open(options);
        await MakeFreshAsync(journal, "2016", "2017");
        await AppendAsync(journal, Entries.Ledger("t1", "u1", period: "2017"));

        Assert.Equal(["2016", "2017"], (await ReadAsync(journal, "u1", "2016", "2017")).Select(row => row.Period));
        Assert.Empty(await ReadAsync(journal, "u2", "2016", "2017"));
    }

    [Fact]
    public async Task Read_AfterATransactionThatFailed_SaysWhatIsOnDisk()
    {
        var isFailing = false;
        await using var journal = SqliteFiles.Open(files.Options(), connection =>
        {
            if (isFailing)
            {
                throw new InvalidOperationException("The disk is gone.");
            }

            connection.Commit();
        });
        await MakeFreshAsync(journal, "2017");
        isFailing = true;
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(Entries.Ledger("t1", "u1")));
        isFailing = false;

        Assert.Empty(await ReadAsync(journal, "u1", "2017"));
        await AppendAsync(journal, Entries.Ledger("t1", "u1"));
        Assert.Single(await ReadAsync(journal, "u1", "2017"));
    }

    [Fact]
    public void TryTakeOn_IsOnesUntilThereWasNoAnswer()
    {
        var periods = new FreshPeriods();
        Assert.True(periods.TryTakeOn("t1", "2014", "2017"));
        Assert.False(periods.TryTakeOn("t1", "2014", "2017"));
        Assert.False(periods.IsAbsent("t1", "2014", "2017", "u1"));

        periods.Forget("t1", "2014", "2017");
        Assert.True(periods.TryTakeOn("t1", "2014", "2017"));

        periods.Answer("t1", "2014", "2017", isEmpty: true);
        Assert.True(periods.IsAbsent("t1", "2014", "2017", "u1"));
        Assert.False(periods.IsAbsent("t2", "2014", "2017", "u1"));
    }

    [Fact]
    public async Task Read_WhileAnotherProcessMayWrite_FindsWhatItWrote()
    {
        var options = files.Options();
        options.AllowSecondHost = true;
        await using var one = SqliteFiles.Open(options);
        await using var other = SqliteFiles.Open(options);
        await MakeFreshAsync(one, "2017");

        await AppendAsync(other, Entries.Ledger("t1", "u1"));

        Assert.Single(await ReadAsync(one, "u1", "2017"));
    }

    [Fact]
    public async Task Read_BesideManyWriters_FindsWhateverIsAcknowledged()
    {
        await using var journal = SqliteFiles.Open(files.Options());
        var found = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(async () =>
        {
            var unit = $"u{i}";
            var before = await ReadAsync(journal, unit, "2016", "2017");
            await AppendAsync(journal, Entries.Ledger("t1", unit, period: i % 2 == 0 ? "2016" : "2017"));
            return (Before: before.Count, After: (await ReadAsync(journal, unit, "2016", "2017")).Count);
        })));

        Assert.All(found, counts => Assert.Equal((0, 1), counts));
    }

    /// <summary>Asks about periods, and waits for something that the writer does after it has answered.</summary>
    private static async Task MakeFreshAsync(SqliteJournal journal, params string[] periods)
    {
        await ReadAsync(journal, "nobody", periods);
        await journal.TakeEpochAsync(Entries.Name("t1", "nobody"));
    }

    private static Task<IReadOnlyList<LatestRow>> ReadAsync(SqliteJournal journal, string unit, params string[] periods) =>
        journal.ReadLatestAsync("t1", "2014", periods, unit, CancellationToken.None);

    private static async Task AppendAsync(SqliteJournal journal, NewEntry entry) =>
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
}
