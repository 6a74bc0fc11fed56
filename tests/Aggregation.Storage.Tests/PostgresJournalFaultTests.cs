using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Storage.Tests;

/// <summary>What a database does to a journal, and that nothing is half done by it.</summary>
[Collection(PostgresDatabases.Name)]
public sealed class PostgresJournalFaultTests(PostgresServer server)
{
    private static CancellationToken None => CancellationToken.None;

    [PostgresFact]
    public async Task Append_SessionTerminatedMidTransaction_IsUnavailableAndLeavesNothingAndTheNextWorks()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        await using var held = await HeldTable.LockAsync(options.ConnectionString, "latest");
        var entry = Entries.Ledger("t1", "u1", request: "r1");
        var append = journal.AppendAsync(entry);
        await held.TerminateAsync(await held.WaitForAWriterAsync());

        await Assert.ThrowsAsync<JournalUnavailableException>(() => append);

        await held.ReleaseAsync();
        await AssertNothing(journal, entry);
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
    }

    [PostgresFact]
    public async Task Append_AnswerToTheCommitLost_IsAppendedOnce()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        var text = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        using var cutter = new AnswerCutter(text.Port);
        text.Port = cutter.Port;
        options.ConnectionString = text.ConnectionString;
        await using var journal = await PostgresDatabases.OpenAsync(options);
        var first = await journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"));

        cutter.CutNextAnswer();
        var second = await journal.AppendAsync(Entries.Ledger("t1", "u1", first.Entry, "r2"));
        cutter.CutNextAnswer();
        var repeated = await journal.AppendAsync(Entries.Ledger("t1", "u1", second.Entry, "r2"));

        Assert.Equal((AppendResult.Appended, 2L), (second.Result, second.Entry.Version));
        Assert.Equal((AppendResult.Repeated, second.Entry.Position), (repeated.Result, repeated.Entry.Position));
        Entries.AssertChained(await journal.ReadStreamAsync("t1", first.Entry.Stream, 0, None));
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(Entries.Ledger("t1", "u1", second.Entry, "r3"))).Result);
    }

    [PostgresFact]
    public async Task Append_StatementTakesTooLong_IsUnavailableAndLeavesNothingAndTheNextWorks()
    {
        var options = await PostgresDatabases.OptionsAsync(server);

        // Every statement of the journal has this long, those that must succeed too.
        options.StatementTimeout = TimeSpan.FromSeconds(10);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        await using var held = await HeldTable.LockAsync(options.ConnectionString, "latest");
        var entry = Entries.Ledger("t1", "u1", request: "r1");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(entry));

        Assert.Contains(PostgresErrorCodes.QueryCanceled, error.InnerException!.Message, StringComparison.Ordinal);
        await held.ReleaseAsync();
        await AssertNothing(journal, entry);
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
    }

    [PostgresFact]
    public Task Append_DiskFullWhileWriting_IsUnavailableAndLeavesNothingAndTheNextWorks() =>
        DiskFull("CREATE TRIGGER full_disk BEFORE INSERT OR UPDATE ON latest FOR EACH ROW EXECUTE FUNCTION full_disk()");

    [PostgresFact]
    public Task Append_DiskFullAtTheCommit_IsUnavailableAndLeavesNothingAndTheNextWorks() =>
        DiskFull("CREATE CONSTRAINT TRIGGER full_disk AFTER INSERT ON latest DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION full_disk()");

    [PostgresFact]
    public async Task Append_OneEntryThatTheDatabaseDoesNotTake_RefusesItAlone()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        await Execute(options, "ALTER TABLE entry ADD CONSTRAINT no_bad_kind CHECK (kind <> 'bad')");
        await using var held = await HeldTable.LockAsync(options.ConnectionString, "latest");
        var first = journal.AppendAsync(Entries.Ledger("t1", "first"));
        await held.WaitForAWriterAsync();
        var good = Enumerable.Range(0, 5).Select(n => journal.AppendAsync(Entries.Ledger("t1", $"u{n}"))).ToArray();
        var bad = journal.AppendAsync(Entries.Sealed(Entries.Ledger("t1", "bad") with { Kind = "bad", Latest = null }));
        var epoch = journal.TakeEpochAsync(Entries.Name("t1", "u1"));
        await held.ReleaseAsync();

        var error = await Assert.ThrowsAsync<ArgumentException>(() => bad);
        Assert.Contains("no_bad_kind", error.Message, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll([first, .. good]), outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        Assert.Equal(1, await epoch);
    }

    [PostgresFact]
    public async Task TakeEpoch_ForALedgerThatTheDatabaseDoesNotTake_IsRefusedAndTheNextIsTaken()
    {
        await using var journal = await PostgresDatabases.OpenAsync(await PostgresDatabases.OptionsAsync(server));

        await Assert.ThrowsAsync<ArgumentException>(() => journal.TakeEpochAsync(Entries.Name("t1", "u\0")));

        Assert.Equal(1, await journal.TakeEpochAsync(Entries.Name("t1", "u1")));
    }

    [PostgresFact]
    public async Task Append_DatabaseTurnedReadOnly_IsUnavailableAndWorksAfterwards()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        var entry = Entries.Ledger("t1", "u1");
        await Execute(options, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        await TerminateJournalSessions(options);

        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(entry));
        await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.TakeEpochAsync(Entries.Name("t1", "u1")));

        await Execute(
            options,
            "SET transaction_read_only = off; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); END $$");
        await TerminateJournalSessions(options);
        Assert.Equal(AppendResult.Appended, (await AppendUntilAvailable(journal, entry)).Result);
    }

    [PostgresFact]
    public async Task Append_AnotherHostTookTheDatabaseMeanwhile_IsUnavailableUntilThatOneCloses()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        await TerminateJournalSessions(options);
        var other = await PostgresDatabases.OpenAsync(options);
        var entry = Entries.Ledger("t1", "u1");

        var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => journal.AppendAsync(entry));
        Assert.Equal(AppendResult.Appended, (await other.AppendAsync(entry)).Result);
        await other.DisposeAsync();

        Assert.Contains("cannot be written", error.Message, StringComparison.Ordinal);
        Assert.Equal(AppendResult.VersionTaken, (await journal.AppendAsync(Entries.Ledger("t1", "u1", content: "late"))).Result);
    }

    private async Task DiskFull(string trigger)
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        var first = (await journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"))).Entry;
        await Execute(
            options,
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'No space left on device' USING ERRCODE = 'disk_full'; END $$; "
            + trigger);
        var appends = Enumerable.Range(2, 5).Select(n => Entries.Ledger("t1", $"u{n}", request: "r1")).ToArray();

        foreach (var append in appends.Select(journal.AppendAsync).ToArray())
        {
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(() => append);
            Assert.Contains("53100", error.InnerException!.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1L, await PostgresServer.ScalarAsync(options.ConnectionString, "SELECT count(*) FROM entry"));
        Assert.Equal(1L, await PostgresServer.ScalarAsync(options.ConnectionString, "SELECT count(*) FROM latest"));
        await Execute(options, "DROP TRIGGER full_disk ON latest");
        Assert.All(await Task.WhenAll(appends.Select(journal.AppendAsync)), outcome => Assert.Equal(AppendResult.Appended, outcome.Result));
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(Entries.Ledger("t1", "u1", first, "r2"))).Result);
    }

    internal static async Task AssertNothing(IJournal journal, NewEntry entry)
    {
        Assert.Empty(await journal.ReadStreamAsync("t1", entry.Stream, 0, None));
        Assert.Empty(await journal.ReadLatestAsync("t1", "2014", "2017", [entry.Unit], None));
        Assert.Null(await journal.FindRequestAsync("t1", entry.Unit, entry.RequestId!, None));
    }

    /// <summary>The first attempt after an outage may be the one that finds the old connection dead.</summary>
    internal static async Task<AppendOutcome> AppendUntilAvailable(IJournal journal, NewEntry entry)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await journal.AppendAsync(entry);
            }
            catch (JournalUnavailableException) when (attempt == 0)
            {
            }
        }
    }

    private static Task Execute(PostgresJournalOptions options, string sql) => PostgresServer.ExecuteAsync(options.ConnectionString, sql);

    /// <summary>Ends the journal's sessions and waits until they have.</summary>
    private static Task TerminateJournalSessions(PostgresJournalOptions options) => Execute(
        options,
        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE application_name = 'aggregation journal' AND datname = current_database()");
}
