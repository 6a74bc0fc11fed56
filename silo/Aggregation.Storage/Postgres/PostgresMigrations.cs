using System.Globalization;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The numbered changes of the schema, <c>Migrations/NNNN_name.sql</c>, each applied once.</summary>
internal static class PostgresMigrations
{
    private const string Prefix = "Postgres/Migrations/";

    private static readonly (int Number, string Resource)[] All =
    [
        .. typeof(PostgresMigrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    /// <summary>The schema that this program knows.</summary>
    public static int Latest => All[^1].Number;

    /// <summary>
    /// Brings the database to <see cref="Latest"/> in one transaction. Who comes while another migrates waits, and finds
    /// it done. A role that may not change the schema can open a database that is up to date.
    /// </summary>
    /// <returns>The schema found.</returns>
    /// <exception cref="InvalidOperationException">The database has a newer schema, or the role has no right to migrate an older one.</exception>
    public static async Task<int> Apply(NpgsqlConnection connection, string name, TimeProvider time, CancellationToken cancellation)
    {
        var found = await Current(connection, name, cancellation);
        if (found == Latest)
        {
            return found;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Execute(connection, $"SELECT pg_advisory_xact_lock({AdvisoryLocks.Migration})", cancellation);
        try
        {
            // Also makes this session see tables that another made while it waited.
            await Execute(
                connection,
                "CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY, applied_at bigint NOT NULL)",
                cancellation);
            found = await Current(connection, name, cancellation);
            foreach (var (number, resource) in All.Where(migration => migration.Number > found))
            {
                await Execute(connection, Read(resource), cancellation);
                await using var record = new NpgsqlCommand("INSERT INTO schema_version (version, applied_at) VALUES ($1, $2)", connection);
                record.Parameters.Add(new NpgsqlParameter<int> { TypedValue = number });
                record.Parameters.Add(new NpgsqlParameter<long> { TypedValue = time.GetUtcNow().ToUnixTimeMilliseconds() });
                await record.ExecuteNonQueryAsync(cancellation);
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new InvalidOperationException(
                $"The journal '{name}' (option Journal:ConnectionString) has schema {found}; this program needs {Latest}, and the role has no "
                + "right to migrate it. Run 'Aggregation.Silo migrate' with the role that owns the database.",
                fault);
        }

        await transaction.CommitAsync(cancellation);
        return found;
    }

    private static async Task<int> Current(NpgsqlConnection connection, string name, CancellationToken cancellation)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('schema_version') IS NOT NULL", connection);
        if (await exists.ExecuteScalarAsync(cancellation) is not true)
        {
            return 0;
        }

        await using var command = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM schema_version", connection);
        var current = (int)(await command.ExecuteScalarAsync(cancellation))!;
        return current <= Latest
            ? current
            : throw new InvalidOperationException(
                $"The journal '{name}' (option Journal:ConnectionString) has schema {current}; this program knows schemas up to {Latest}. Run a newer program.");
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
#pragma warning disable CA2100 // The program's own scripts.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(PostgresMigrations).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
