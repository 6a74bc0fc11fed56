using System.Globalization;
using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Storage.Tests;

/// <summary>One role owns the schema, another runs the silo.</summary>
[Collection(PostgresDatabases.Name)]
public sealed class PostgresSchemaTests(PostgresServer server)
{
    private static int roles;

    [PostgresFact]
    public async Task Migrate_ThenOpenAsTheSilosRole_DoesAllAJournalDoes()
    {
        var (owner, silo, role) = await NewDatabase();
        Assert.Equal((0, PostgresMigrations.Latest), await Migrate(owner, role));
        Assert.Equal((PostgresMigrations.Latest, PostgresMigrations.Latest), await Migrate(owner, role));

        var options = PostgresDatabases.Options(silo);
        StoredEntry first;
        await using (var journal = await PostgresDatabases.OpenAsync(options))
        {
            first = (await journal.AppendAsync(Entries.Ledger("t1", "u1", request: "r1"))).Entry;
            Assert.Equal(AppendResult.Appended, (await journal.AppendAsync(Entries.Ledger("t1", "u1", first, "r2"))).Result);
            Assert.Equal(1, await journal.TakeEpochAsync(Entries.Name("t1", "u1")));
            Assert.Equal(2, await journal.TakeEpochAsync(Entries.Name("t1", "u1")));
            await journal.Personal.SaveAsync("t1", new Person("wang", "王", "", ""));
            await journal.Personal.KeepAsync("t1", new Origin(7, "k", "wang", "10.0.0.1", Entries.At));
            Assert.Equal(2, await journal.Personal.EraseAsync("t1", "wang"));
        }

        await using var again = await PostgresDatabases.OpenAsync(options);
        Assert.Equal(2, (await again.ReadStreamAsync("t1", first.Stream, 0, CancellationToken.None)).Count);
    }

    [PostgresFact]
    public async Task SilosRole_ChangesJournalRowsOrTables_IsRefused()
    {
        var (owner, silo, role) = await NewDatabase();
        await Migrate(owner, role);
        await using (var journal = await PostgresDatabases.OpenAsync(PostgresDatabases.Options(silo)))
        {
            await journal.AppendAsync(Entries.Ledger("t1", "u1"));
        }

        string[] forbidden =
        [
            "UPDATE entry SET payload = ''", "DELETE FROM entry", "TRUNCATE entry", "ALTER TABLE entry DISABLE TRIGGER ALL",
            "DROP TABLE entry", "CREATE TRIGGER t BEFORE INSERT ON entry EXECUTE FUNCTION suppress_redundant_updates_trigger()",
            "DELETE FROM latest", "TRUNCATE latest", "DELETE FROM ledger_epoch", "INSERT INTO epoch VALUES (1, 5)", "DELETE FROM epoch",
            "UPDATE schema_version SET version = 999", "INSERT INTO schema_version VALUES (999, 0)",
            "UPDATE OrleansQuery SET QueryText = ''", "INSERT INTO OrleansQuery VALUES ('k', 't')", "CREATE TABLE mine (id int)",
            "TRUNCATE OrleansMembershipTable", "DROP TABLE OrleansMembershipVersionTable",
        ];
        foreach (var statement in forbidden)
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(silo, statement));
            Assert.True(error.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{statement}: {error.Message}");
        }

        Assert.Equal(1L, await PostgresServer.ScalarAsync(owner, "SELECT count(*) FROM entry"));
    }

    [PostgresFact]
    public async Task SilosRole_Membership_AddsChangesAndDeletesMembers()
    {
        var (owner, silo, role) = await NewDatabase();
        await Migrate(owner, role);

        // What the stored statements do: rows of the members come and go, unlike those of the journal.
        await PostgresServer.ExecuteAsync(
            silo,
            """
            INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES ('c');
            INSERT INTO OrleansMembershipTable VALUES ('c', '10.0.0.1', 11111, 1, 's', 'h', 3, 30000, NULL, now(), now());
            UPDATE OrleansMembershipVersionTable SET Version = Version + 1;
            UPDATE OrleansMembershipTable SET Status = 6
            """);
        Assert.Equal(6, await PostgresServer.ScalarAsync(silo, "SELECT Status FROM OrleansMembershipTable"));
        await PostgresServer.ExecuteAsync(silo, "DELETE FROM OrleansMembershipTable; DELETE FROM OrleansMembershipVersionTable");
        Assert.Equal(0L, await PostgresServer.ScalarAsync(owner, "SELECT count(*) FROM OrleansMembershipVersionTable"));
    }

    [PostgresFact]
    public async Task GatewaysRole_Membership_LooksSilosUpAndSeesNothingElse()
    {
        var (owner, gateway, role) = await NewDatabase();
        await PostgresSchema.MigrateAsync(owner, siloRole: null, role, TimeProvider.System, CancellationToken.None);

        Assert.Equal(0L, await PostgresServer.ScalarAsync(gateway, "SELECT count(*) FROM OrleansMembershipTable"));
        Assert.Equal(1L, await PostgresServer.ScalarAsync(gateway, "SELECT count(*) FROM OrleansQuery WHERE QueryKey = 'GatewaysQueryKey'"));
        foreach (var statement in new[]
        {
            "SELECT count(*) FROM entry", "SELECT count(*) FROM latest", "SELECT count(*) FROM OrleansStorage",
            "DELETE FROM OrleansMembershipTable", "UPDATE OrleansMembershipTable SET Status = 6",
        })
        {
            var error = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(gateway, statement));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
    }

    [PostgresFact]
    public async Task Open_OlderSchemaAsTheSilosRole_AsksForTheOwner()
    {
        var (owner, silo, role) = await NewDatabase();
        await Migrate(owner, role);
        await PostgresServer.ExecuteAsync(owner, $"DELETE FROM schema_version WHERE version = {PostgresMigrations.Latest}");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => PostgresDatabases.OpenAsync(PostgresDatabases.Options(silo)));

        Assert.Contains($"has schema {PostgresMigrations.Latest - 1}", error.Message, StringComparison.Ordinal);
        Assert.Contains("Aggregation.Silo migrate", error.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Migrate_RoleWithMoreRights_TakesThemAway()
    {
        var (owner, silo, role) = await NewDatabase();
        await Migrate(owner, null);
        await PostgresServer.ExecuteAsync(owner, $"GRANT ALL ON entry TO {role}");
        await Migrate(owner, role);
        var error = await Assert.ThrowsAsync<PostgresException>(() => PostgresServer.ExecuteAsync(silo, "DELETE FROM entry"));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    private static Task<(int From, int To)> Migrate(string owner, string? role) =>
        PostgresSchema.MigrateAsync(owner, role, gatewayRole: null, TimeProvider.System, CancellationToken.None);

    /// <summary>A database of its own with an owner who is no superuser, and a role for the silo.</summary>
    private async Task<(string Owner, string Silo, string Role)> NewDatabase()
    {
        var number = Interlocked.Increment(ref roles).ToString(CultureInfo.InvariantCulture);
        var owner = $"owner{number}";
        var silo = $"silo{number}";
        var text = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync());
        await PostgresServer.ExecuteAsync(
            text.ConnectionString, $"CREATE ROLE {owner} LOGIN; CREATE ROLE {silo} LOGIN; ALTER DATABASE {text.Database} OWNER TO {owner}");
        var database = text.Database;
        return (As(owner), As(silo), silo);

        string As(string role) =>
            new NpgsqlConnectionStringBuilder(text.ConnectionString) { Username = role, Database = database }.ConnectionString;
    }
}
