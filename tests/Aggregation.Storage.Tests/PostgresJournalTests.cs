using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;

namespace Aggregation.Storage.Tests;

[Collection(PostgresDatabases.Name)]
public sealed class PostgresJournalTests(PostgresServer server)
{
    [PostgresFact]
    public async Task Append_WhileATransactionIsWritten_GathersInOneTransaction()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        await using var held = await HeldTable.LockAsync(options.ConnectionString, "latest");
        var first = journal.AppendAsync(Entries.Ledger("t1", "first", request: "r"));
        await held.WaitForAWriterAsync();

        var twice = Entries.Ledger("t1", "twice", request: "r");
        var chained = Entries.Ledger("t1", "chained", content: "1");
        var rest = Enumerable.Range(0, 100).Select(i => Entries.Ledger("t1", $"u{i}", request: "r"))
            .Append(twice).Append(twice).Append(Entries.Ledger("t1", "first", content: "late"))
            .Append(chained).Append(Entries.Ledger("t1", "chained", chained.Stored(0), content: "2"))
            .Append(Entries.Ledger("t1", "twice", request: "r", content: "other", period: "2018"))
            .Select(journal.AppendAsync).ToArray();
        Task<long>[] epochs = [.. Enumerable.Range(0, 3).Select(_ => journal.TakeEpochAsync(Entries.Name("t1", "u1")))];
        await held.ReleaseAsync();

        Assert.Equal(AppendResult.Appended, (await first).Result);
        var outcomes = await Task.WhenAll(rest);
        Assert.All(outcomes[..100], outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        Assert.Equal(
            [
                AppendResult.Appended, AppendResult.Repeated, AppendResult.VersionTaken,
                AppendResult.Appended, AppendResult.Appended, AppendResult.RequestIdReused,
            ],
            outcomes[100..].Select(outcome => outcome.Result));
        Assert.Equal(outcomes[100].Entry.Position, outcomes[101].Entry.Position);
        long[] taken = await Task.WhenAll(epochs);
        Assert.Equal([1, 2, 3], taken);
        Assert.Equal(2L, await PostgresServer.ScalarAsync(options.ConnectionString, "SELECT count(DISTINCT xmin::text) FROM entry"));
        Assert.Equal(
            (2L, Entries.Digest("2", 's')),
            (await journal.ReadLatestAsync("t1", "2014", "2017", ["chained"], CancellationToken.None))
                .Select(row => (row.Version, row.SubmittedDigest)).Single());
    }

    [PostgresFact]
    public async Task Append_MoreThanTheQueueHolds_WaitsAndWritesAll()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        options.QueueCapacity = 2;
        options.MaxBatch = 3;
        await using var journal = await PostgresDatabases.OpenAsync(options);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => journal.AppendAsync(Entries.Ledger("t1", $"u{i}"))));
        Assert.All(outcomes, outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
    }

    [PostgresFact]
    public async Task Dispose_WithAppendsQueued_WritesThemAndRefusesMore()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        var journal = await PostgresDatabases.OpenAsync(options);
        var appends = Enumerable.Range(0, 500).Select(i => journal.AppendAsync(Entries.Ledger("t1", $"u{i}"))).ToArray();
        await journal.DisposeAsync();
        await journal.DisposeAsync();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => journal.AppendAsync(Entries.Ledger("t1", "late")));
        await using var reopened = await PostgresDatabases.OpenAsync(options);
        Assert.Equal(500, (await reopened.ScanDigestsAsync("t1", "2014", "2017", CancellationToken.None)).Count);
    }

    [PostgresFact]
    public async Task Append_TwoHostsAtOnce_PositionsAppearInOrder()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        options.AllowSecondHost = true;
        await using var one = await PostgresDatabases.OpenAsync(options);
        await using var two = await PostgresDatabases.OpenAsync(options);

        var appends = Task.WhenAll(Enumerable.Range(0, 400).Select(
            n => Task.Run(() => (n % 2 == 0 ? one : two).AppendAsync(Entries.Ledger("t1", $"u{n}")))));
        var seen = new List<(long Position, long Count)>();
        while (!appends.IsCompleted)
        {
            // Both numbers are of one instant; what is at or below the position must not grow later.
            var answer = (long[])(await PostgresServer.ScalarAsync(
                options.ConnectionString, "SELECT ARRAY[coalesce(max(position), 0), count(*)] FROM entry"))!;
            seen.Add((answer[0], answer[1]));
        }

        Assert.All(await appends, outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        foreach (var (position, count) in seen)
        {
            Assert.Equal(count, await PostgresServer.ScalarAsync(
                options.ConnectionString, $"SELECT count(*) FROM entry WHERE position <= {position}"));
        }
    }

    [PostgresFact]
    public async Task EveryCall_FromAnAlmostEmptyDatabaseOn_ReadsNoTableFromEndToEnd()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using (var journal = await PostgresDatabases.OpenAsync(options))
        {
            // From now on the server knows that each table is a page or less, and plans so.
            await journal.AppendAsync(Entries.Ledger("t1", "first"));
            await journal.TakeEpochAsync(Entries.Name("t1", "first"));
            await PostgresServer.ExecuteAsync(options.ConnectionString, "VACUUM ANALYZE");

            // More often than it takes until the server keeps a plan.
            for (var round = 0; round < 12; round++)
            {
                var appended = (await journal.AppendAsync(Entries.Ledger("t1", $"u{round}", request: "r"))).Entry;
                await journal.AppendAsync(Entries.Ledger("t1", $"u{round}", appended, "r"));
                await journal.AppendAsync(Entries.Ledger("t1", $"u{round}", content: "late"));
                var name = Entries.Name("t1", $"u{round}");
                var epoch = await journal.TakeEpochAsync(name);
                await journal.FindSupersededAsync([new LedgerHead(name, epoch, 1)], CancellationToken.None);
                await journal.FindRequestAsync("t1", $"u{round}", "r", CancellationToken.None);
                await journal.ReadLatestAsync("t1", "2014", "2017", [.. Enumerable.Range(0, 12).Select(n => $"u{n}")], CancellationToken.None);
                await journal.ReadStreamAsync("t1", appended.Stream, 0, CancellationToken.None);
                await journal.ScanDigestsAsync("t1", "2014", "2017", CancellationToken.None);
                await journal.ReadPositionAsync(CancellationToken.None);
            }
        }

        await SessionsEnded(options);

        Assert.Equal(
            0L,
            await PostgresServer.ScalarAsync(
                options.ConnectionString,
                "SELECT sum(seq_tup_read)::bigint FROM pg_stat_user_tables WHERE relname IN ('entry', 'latest', 'ledger_epoch')"));
    }

    [PostgresFact]
    public async Task ReadLatest_TableThatGrewSinceItWasPlanned_ReadsOnlyWhatWasAskedFor()
    {
        const int Rows = 2_000;
        const int Reads = 50;
        var options = await PostgresDatabases.OptionsAsync(server);
        await using (var journal = await PostgresDatabases.OpenAsync(options))
        {
            // No statistics, as in the first minutes of a database; and plans made while the table is empty.
            await PostgresServer.ExecuteAsync(options.ConnectionString, "ALTER TABLE latest SET (autovacuum_enabled = false)");
            for (var read = 0; read < 12; read++)
            {
                Assert.Empty(await journal.ReadLatestAsync("t1", "2014", "2017", ["u1"], CancellationToken.None));
            }

            await PostgresServer.ExecuteAsync(
                options.ConnectionString,
                "INSERT INTO latest SELECT 't1', '2014', '2017', 'u' || n, 1, '', '', 0, 0, 0, 0, 0, 0, 0, 0 "
                + $"FROM generate_series(1, {Rows}) AS n");
            for (var read = 1; read <= Reads; read++)
            {
                var rows = await journal.ReadLatestAsync("t1", "2014", "2017", [$"u{read}", $"u{Rows}", $"u{Rows}"], CancellationToken.None);
                Assert.Equal([$"u{read}", $"u{Rows}"], rows.Select(row => row.Unit));
                Assert.Single(await journal.ReadLatestAsync("t1", "2014", ["2016", "2017", "2017"], $"u{read}", CancellationToken.None));
            }
        }

        await SessionsEnded(options);
        Assert.Equal(
            3L * Reads,
            await PostgresServer.ScalarAsync(
                options.ConnectionString, "SELECT idx_tup_read FROM pg_stat_user_indexes WHERE indexrelname = 'latest_pkey'"));
    }

    /// <summary>A session's counts are in by its end.</summary>
    private static async Task SessionsEnded(PostgresJournalOptions options)
    {
        while (await PostgresServer.ScalarAsync(
            options.ConnectionString,
            "SELECT 1 FROM pg_stat_activity WHERE application_name = 'aggregation journal' AND datname = current_database()") is not null)
        {
        }
    }
}
