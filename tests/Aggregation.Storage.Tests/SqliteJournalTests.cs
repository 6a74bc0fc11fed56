using Aggregation.Storage.Journal;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Tests;

public sealed class SqliteJournalTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SqliteFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task Append_WhileATransactionIsWritten_GathersInOneTransaction()
    {
        using var inCommit = new SemaphoreSlim(0);
        using var release = new SemaphoreSlim(0);
        var commits = 0;
        await using var journal = SqliteFiles.Open(files.Options(), connection =>
        {
            if (Interlocked.Increment(ref commits) == 1)
            {
                inCommit.Release();
                Assert.True(release.Wait(Patience));
            }

            connection.Commit();
        });
        var first = journal.AppendAsync(Entries.Ledger("t1", "first", request: "r"));
        Assert.True(await inCommit.WaitAsync(Patience));

        var twice = Entries.Ledger("t1", "twice", request: "r");
        var chained = Entries.Ledger("t1", "chained", content: "1");
        var rest = Enumerable.Range(0, 100).Select(i => Entries.Ledger("t1", $"u{i}", request: "r"))
            .Append(twice).Append(twice).Append(Entries.Ledger("t1", "first", content: "late"))
            .Append(chained).Append(Entries.Ledger("t1", "chained", chained.Stored(0), content: "2"))
            .Select(journal.AppendAsync).ToArray();
        var epoch = journal.TakeEpochAsync(Entries.Name("t1", "u1"));
        release.Release();

        Assert.Equal(AppendResult.Appended, (await first).Result);
        var results = (await Task.WhenAll(rest)).Select(outcome => outcome.Result).ToArray();
        Assert.All(results[..100], result => Assert.Equal(AppendResult.Appended, result));
        Assert.Equal(
            [AppendResult.Appended, AppendResult.Repeated, AppendResult.VersionTaken, AppendResult.Appended, AppendResult.Appended],
            results[100..]);
        Assert.Equal(1, await epoch);
        Assert.Equal(2, commits);
    }

    [Fact]
    public async Task Append_MoreThanTheQueueHolds_WaitsAndWritesAll()
    {
        var options = files.Options();
        options.QueueCapacity = 2;
        options.MaxBatch = 3;
        await using var journal = SqliteFiles.Open(options);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync(Entries.Ledger("t1", $"u{i}"))));
        Assert.All(outcomes, outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
    }

    [Fact]
    public async Task Append_CommitFailedAfterItReachedTheDisk_IsAppended()
    {
        var commits = 0;
        await using var journal = SqliteFiles.Open(files.Options(), connection =>
        {
            connection.Commit();
            FailFirst(ref commits);
        });

        var outcome = await journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));

        Assert.Equal((AppendResult.Appended, 1L), (outcome.Result, outcome.Entry.Position));
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(Entries.Ledger("t1", "u1", outcome.Entry, "r2"))).Result);
    }

    [Theory]
    [InlineData(10, "disk I/O error")]
    [InlineData(13, "database or disk is full")]
    public async Task Append_CommitFailed_IsUnavailableAndLeavesNothingAndTheNextWorks(int code, string message)
    {
        var commits = 0;
        await using var journal = SqliteFiles.Open(files.Options(), connection =>
        {
            if (commits++ == 0)
            {
                throw new SqliteFault(code, message);
            }

            connection.Commit();
        });
        var entry = Entries.Ledger("t1", "u1", request: "r1");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(entry));

        Assert.Contains(message, error.InnerException!.Message, StringComparison.Ordinal);
        Assert.Empty(await journal.ReadStreamAsync("t1", entry.Stream, 0, CancellationToken.None));
        Assert.Empty(await journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], CancellationToken.None));
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
    }

    [Fact]
    public async Task Append_CommitFailedAndTheRequestIsOlder_IsRepeated()
    {
        var commits = 0;
        await using var journal = SqliteFiles.Open(files.Options(), connection =>
        {
            if (commits++ == 1)
            {
                throw new SqliteFault(10, "disk");
            }

            connection.Commit();
        });
        var first = await journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));
        var again = await journal.AppendAsync(Entries.Ledger("t1", "u1", first.Entry, "r1"));
        Assert.Equal((AppendResult.Repeated, first.Entry.Position), (again.Result, again.Entry.Position));
    }

    [Fact]
    public async Task Append_WhileAnotherProcessHoldsTheLock_IsUnavailableAndWorksAfterwards()
    {
        var options = files.Options();
        options.BusyTimeout = TimeSpan.Zero;
        await using var journal = SqliteFiles.Open(options);
        var entry = Entries.Ledger("t1", "u1", request: "r1");
        using (var other = Database.Open(options.Path, readOnly: false, TimeSpan.Zero))
        {
            other.Execute("BEGIN IMMEDIATE");
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(entry));
            Assert.Contains("locked", error.InnerException!.Message, StringComparison.Ordinal);
            Assert.Equal("The journal cannot be written now; send the same request again.", error.Message);
            await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.TakeEpochAsync(Entries.Name("t1", "u1")));
            other.Execute("ROLLBACK");
        }

        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
    }

    [Fact]
    public async Task Dispose_WithAppendsQueued_WritesThemAndRefusesMore()
    {
        var options = files.Options();
        var journal = SqliteFiles.Open(options);
        var appends = Enumerable.Range(0, 500).Select(i => journal.AppendAsync(Entries.Ledger("t1", $"u{i}"))).ToArray();
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync(Entries.Ledger("t1", "late")));
        await using var reopened = SqliteFiles.Open(options);
        Assert.Equal(500, (await reopened.ScanDigestsAsync("t1", "2014", "2017", CancellationToken.None)).Count);
    }

    [Fact]
    public async Task Open_TwoHostsAllowed_SeeEachOthersEntriesAndNeverShareAnEpoch()
    {
        var options = files.Options();
        options.AllowSecondHost = true;
        await using var one = SqliteFiles.Open(options);
        await using var two = SqliteFiles.Open(options);

        await TwoHosts.RequireOneJournalAsync(one, two);
    }

    private static void FailFirst(ref int commits)
    {
        if (commits++ == 0)
        {
            throw new SqliteFault(10, "the disk failed");
        }
    }
}
