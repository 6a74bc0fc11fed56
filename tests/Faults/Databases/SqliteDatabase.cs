using System.Data.Common;
using Aggregation.Faults.Injection;
using Microsoft.Data.Sqlite;

namespace Aggregation.Faults.Databases;

/// <summary>The embedded default: one file in the server's folder, and nothing that could be stopped but the server itself.</summary>
/// <param name="data">The server's data folder.</param>
internal sealed class SqliteDatabase(string data) : IDatabase
{
    public TimeSpan LockTimeout { get; } = TimeSpan.FromMilliseconds(400);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Journal__BusyTimeout"] = LockTimeout.ToString("c") };

    public string BeginReading => "BEGIN";

    public IReadOnlyList<Fault> Faults => [new SqliteDiskFull(new FileInfo(Journal + "-wal"))];

    private string Journal => Path.Combine(data, "journal.db");

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Journal,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    public async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout = 60000; BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
