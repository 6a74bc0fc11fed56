using Aggregation.Storage.Journal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Storage.Tests;

/// <summary>The server stops under the journal; a server of its own.</summary>
public sealed class PostgresJournalOutageTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [PostgresFact]
    public async Task EveryCall_ServerStoppedMidTransactionAndStartedAgain_IsUnavailableThenWorks()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        var log = new LogLines<PostgresJournal>();
        await using var journal = await PostgresDatabases.OpenAsync(options, log);
        var before = (await journal.AppendAsync(Entries.Ledger("t1", "u0", request: "r0"))).Entry;
        var entry = Entries.Ledger("t1", "u1", request: "r1");
        await using (var held = await HeldTable.LockAsync(options.ConnectionString, "latest"))
        {
            var append = journal.AppendAsync(entry);
            await held.WaitForAWriterAsync();
            await server.StopAsync();
            await AssertCannotBeWritten(() => append);
        }

        await AssertCannotBeWritten(() => journal.AppendAsync(entry));
        await AssertCannotBeWritten(() => journal.TakeEpochAsync(Entries.Name("t1", "u1")));
        await AssertCannotBeWritten(() => journal.RepairLatestAsync(Entries.Name("t1", "u1"), "s", null));
        await AssertReadsAreUnavailable(journal);

        // What callers are not told, who runs the program is.
        var database = $"127.0.0.1/{new NpgsqlConnectionStringBuilder(options.ConnectionString).Database}";
        foreach (var what in new[] { $"The journal at {database} cannot be reached.", $"The journal at {database} cannot be read." })
        {
            Assert.Contains(log.Lines, line => line.Text == what && line.Fault is NpgsqlException);
        }

        await server.StartAsync();
        await PostgresJournalFaultTests.AssertNothing(journal, entry);
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(entry)).Result);
        Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(Entries.Ledger("t1", "u0", before, "r1"))).Result);
    }

    [PostgresFact]
    public async Task Append_FailoverToTheStandby_IsUnavailableOnceThenWorksThere()
    {
        var options = await PostgresDatabases.OptionsAsync(server);
        options.ConnectionString = server.WithStandby(options.ConnectionString);
        await using var journal = await PostgresDatabases.OpenAsync(options);
        StoredEntry? head = null;
        for (var failover = 0; failover < 2; failover++)
        {
            head = (await PostgresJournalFaultTests.AppendUntilAvailable(journal, Entries.Ledger("t1", "u1", head, $"r{failover}"))).Entry;
            await server.FailOverAsync();
        }

        var last = await PostgresJournalFaultTests.AppendUntilAvailable(journal, Entries.Ledger("t1", "u1", head, "last"));

        Assert.Equal((AppendResult.Appended, 3L), (last.Result, last.Entry.Version));
        Entries.AssertChained(await journal.ReadStreamAsync("t1", last.Entry.Stream, 0, CancellationToken.None));
    }

    private static async Task AssertReadsAreUnavailable(PostgresJournal journal)
    {
        Func<Task>[] reads =
        [
            () => journal.ReadStreamAsync("t1", "s", 0, CancellationToken.None),
            () => journal.ReadLatestAsync("t1", "f", "p", ["u"], CancellationToken.None),
            () => journal.ReadLatestAsync("t1", "f", ["p"], "u", CancellationToken.None),
            () => journal.ScanDigestsAsync("t1", "f", "p", CancellationToken.None),
            () => journal.FindRequestAsync("t1", "u", "r", CancellationToken.None),
            () => journal.FindSupersededAsync([new LedgerHead(Entries.Name("t1", "u1"), 1, 1)], CancellationToken.None),
            () => journal.ReadPositionAsync(CancellationToken.None),
        ];
        foreach (var read in reads)
        {
            var error = await Assert.ThrowsAsync<JournalUnavailableException>(read);
            Assert.Equal("The journal cannot be read now; ask again.", error.Message);
        }
    }

    private static async Task AssertCannotBeWritten(Func<Task> write)
    {
        var error = await Assert.ThrowsAsync<JournalUnavailableException>(write);
        Assert.Equal("The journal cannot be written now; send the same request again.", error.Message);
    }
}
