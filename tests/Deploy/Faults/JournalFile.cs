using Microsoft.Data.Sqlite;

namespace Aggregation.Deploy.Tests.Faults;

/// <summary>Somebody with access to the journal's file, beside the server.</summary>
internal static class JournalFile
{
    /// <returns>How many rows were changed.</returns>
    public static async Task<int> ExecuteAsync(string journal, string statement)
    {
        await using var connection = await OpenAsync(journal);
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Holds the lock that the server needs to write, until it is disposed of.</summary>
    public static async Task<IAsyncDisposable> LockAsync(string journal)
    {
        var connection = await OpenAsync(journal);
        await using var command = connection.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    private static async Task<SqliteConnection> OpenAsync(string journal)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = journal,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 60000";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
