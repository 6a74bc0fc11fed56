using Npgsql;

namespace Aggregation.Storage.Tests;

/// <summary>A table that somebody else has locked, so that whoever writes to it stands still in the middle of a transaction.</summary>
internal sealed class HeldTable : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private HeldTable(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
    }

    public static async Task<HeldTable> LockAsync(string connectionString, string table)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        var held = new HeldTable(connection, await connection.BeginTransactionAsync());
        await held.Execute($"LOCK TABLE {table} IN EXCLUSIVE MODE");
        return held;
    }

    /// <summary>Waits until a session stands still at the lock.</summary>
    /// <returns>Its process id.</returns>
    public async Task<int> WaitForAWriterAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT pid FROM pg_stat_activity
                WHERE wait_event_type = 'Lock' AND datname = current_database() AND pg_backend_pid() = ANY (pg_blocking_pids(pid))
                """,
                connection,
                transaction);
            if (await command.ExecuteScalarAsync(patience.Token) is int pid)
            {
                return pid;
            }
        }
    }

    public Task TerminateAsync(int pid) => Execute($"SELECT pg_terminate_backend({pid})");

    public Task ReleaseAsync() => transaction.CommitAsync();

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task Execute(string sql)
    {
#pragma warning disable CA2100 // Tests' own statements.
        await using var command = new NpgsqlCommand(sql, connection, transaction);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
