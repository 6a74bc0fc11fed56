using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>A session as the server knows it. Process ids come round again; the start tells them apart.</summary>
internal readonly record struct SessionIdentity(int ProcessId, DateTime Started)
{
    private const int PatienceMilliseconds = 5000;

    public static async Task<SessionIdentity> Of(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new SessionIdentity(reader.GetInt32(0), reader.GetDateTime(1));
    }

    /// <summary>
    /// Ends it and waits until it has ended, so that its locks are free and its last transaction is settled. A session of
    /// another server, or one that ended by itself, is not found, and that is as good.
    /// </summary>
    public async Task End(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            "SELECT pg_terminate_backend(pid, $1) FROM pg_stat_activity WHERE pid = $2 AND backend_start = $3 AND usename = current_user",
            connection);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = PatienceMilliseconds });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ProcessId });
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = Started });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
