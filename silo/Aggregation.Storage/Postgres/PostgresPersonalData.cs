using Aggregation.Storage.Journal;
using Aggregation.Storage.Personal;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>Personal data in the journal's database, each change a transaction of its own: they are rare.</summary>
internal sealed class PostgresPersonalData(PostgresConnections connections, ILogger logger) : IPersonalData
{
    private const string OriginColumns = "SELECT id, actor, person, address, first_seen FROM origin WHERE tenant = $1 AND";
    private const string Kept = $"{OriginColumns} actor = $2 AND address = $3";

    public Task SaveAsync(string tenant, Person person) => RunAsync(
        command => command.ExecuteNonQueryAsync(),
        """
        INSERT INTO person (tenant, person, name, email, phone) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (tenant, person) DO UPDATE SET name = excluded.name, email = excluded.email, phone = excluded.phone
        """,
        Unavailability.OfWrites,
        Of(tenant), Of(person.User), Of(person.Name), Of(person.Email), Of(person.Phone));

    public async Task<IReadOnlyList<Person>> ReadAsync(
        string tenant, IReadOnlyCollection<string> users, CancellationToken cancellation) => await RowsAsync(
        "SELECT person, name, email, phone FROM person WHERE tenant = $1 AND person = ANY($2)",
        static row => new Person(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3)),
        cancellation,
        Of(tenant), Of(users.ToArray()));

    public async Task<Origin> KeepAsync(string tenant, Origin origin)
    {
        while (true)
        {
            var kept = await RowsAsync(Kept, ReadOrigin, CancellationToken.None, Of(tenant), Of(origin.Actor), Of(origin.Address));
            if (kept.Count > 0)
            {
                return kept[0];
            }

            // Another silo may have kept it meanwhile, and an administrator may have erased that again.
            await RunAsync(
                command => command.ExecuteNonQueryAsync(),
                "INSERT INTO origin (tenant, id, actor, person, address, first_seen) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (tenant, actor, address) DO NOTHING",
                Unavailability.OfWrites,
                Of(tenant), Of(origin.Id), Of(origin.Actor), Of(origin.User), Of(origin.Address), Of(origin.FirstSeen.ToUnixTimeMilliseconds()));
        }
    }

    public async Task<IReadOnlyList<Origin>> ReadOriginsAsync(
        string tenant, IReadOnlyCollection<long> ids, CancellationToken cancellation) =>
        await RowsAsync($"{OriginColumns} id = ANY($2)", ReadOrigin, cancellation, Of(tenant), Of(ids.ToArray()));

    public async Task<IReadOnlyList<Origin>> ReadOriginsAsync(string tenant, string user, CancellationToken cancellation) =>
        await RowsAsync($"{OriginColumns} person = $2 ORDER BY first_seen, id", ReadOrigin, cancellation, Of(tenant), Of(user));

    public Task<int> EraseAsync(string tenant, string user) => EraseAsync(
        """
        WITH persons AS (DELETE FROM person WHERE tenant = $1 AND person = $2 RETURNING 1),
          origins AS (DELETE FROM origin WHERE tenant = $1 AND person = $2 RETURNING 1)
        SELECT (SELECT count(*) FROM persons) + (SELECT count(*) FROM origins)
        """,
        tenant,
        user);

    public Task<int> EraseOriginsAsync(string tenant, string actor) => EraseAsync(
        "WITH origins AS (DELETE FROM origin WHERE tenant = $1 AND actor = $2 RETURNING 1) SELECT count(*) FROM origins", tenant, actor);

    private Task<int> EraseAsync(string statement, string tenant, string key) => RunAsync(
        static async command => (int)(long)(await command.ExecuteScalarAsync())!, statement, Unavailability.OfWrites, Of(tenant), Of(key));

    private Task<List<T>> RowsAsync<T>(
        string statement, Func<NpgsqlDataReader, T> read, CancellationToken cancellation, params NpgsqlParameter[] parameters) => RunAsync(
        async command =>
        {
            cancellation.ThrowIfCancellationRequested();
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellation))
            {
                rows.Add(read(reader));
            }

            return rows;
        },
        statement,
        Unavailability.OfReads,
        parameters);

    private async Task<T> RunAsync<T>(
        Func<NpgsqlCommand, Task<T>> run, string statement, Func<Exception, JournalUnavailableException> unavailable,
        params NpgsqlParameter[] parameters)
    {
        try
        {
            await using var connection = await connections.OpenReader(CancellationToken.None);
#pragma warning disable CA2100 // One of the statements above.
            await using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
            command.Parameters.AddRange(parameters);
            return await run(command);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            PostgresLog.NoPersonalData(logger, connections.Name, fault);
            throw unavailable(fault);
        }
    }

    private static Origin ReadOrigin(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)));

    private static NpgsqlParameter<T> Of<T>(T value) => new() { TypedValue = value };
}
