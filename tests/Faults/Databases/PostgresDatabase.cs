using System.Data.Common;
using Aggregation.Faults.Injection;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Faults.Databases;

/// <summary>A PostgreSQL server of the run's own, with a network between it and the product that can be slow and break.</summary>
internal sealed class PostgresDatabase : IDatabase
{
    private readonly string _connectionString;

    private PostgresDatabase(PostgresServer server, string connectionString)
    {
        Server = server;
        _connectionString = connectionString;
        Proxy = new TcpProxy(new NpgsqlConnectionStringBuilder(connectionString).Port);
    }

    public PostgresServer Server { get; }

    public TcpProxy Proxy { get; }

    /// <summary>Long enough for a busy machine, and short enough for a lock to outlast it.</summary>
    public TimeSpan LockTimeout { get; } = TimeSpan.FromSeconds(3);

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Journal__Provider"] = "postgres",
        ["Journal__ConnectionString"] = new NpgsqlConnectionStringBuilder(_connectionString) { Port = Proxy.Port }.ConnectionString,
        ["Journal__StatementTimeout"] = LockTimeout.ToString("c"),
    };

    public string BeginReading => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";

    public IReadOnlyList<Fault> Faults =>
    [
        new DatabaseRestarted(this), new ConnectionsCut(this), new SessionsEnded(this), new SlowNetwork(this), new PostgresDiskFull(this),
    ];

    public static async Task<PostgresDatabase> StartAsync()
    {
        // Vacuum would take away what keeps the journal's file long while the disk is full.
        var server = new PostgresServer { WalSegmentMebibytes = 1, Settings = ["autovacuum=off"] };
        await server.InitializeAsync();
        return new PostgresDatabase(server, await server.CreateDatabaseAsync());
    }

    public async Task<DbConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(_connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task<IAsyncDisposable> LockAsync()
    {
        var connection = await OpenAsync();
        await ExecuteAsync(connection, "BEGIN; LOCK TABLE entry IN EXCLUSIVE MODE");
        return connection;
    }

    /// <summary>Process ids of the product's sessions.</summary>
    public async Task<IReadOnlyList<int>> SessionsAsync()
    {
        const string query =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'";
        await using var connection = await OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync();
        var sessions = new List<int>();
        while (await reader.ReadAsync())
        {
            sessions.Add(reader.GetInt32(0));
        }

        return sessions;
    }

    public static async Task ExecuteAsync(DbConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        await Server.DisposeAsync();
    }
}
