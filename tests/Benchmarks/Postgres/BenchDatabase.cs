using Aggregation.Benchmarks.Report;
using Aggregation.TestKit.Postgres;
using Npgsql;

namespace Aggregation.Benchmarks.Postgres;

/// <summary>A PostgreSQL of this run's own, as a default one is in what costs time (fsync, synchronous_commit), with 256 MiB of shared buffers.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    private BenchDatabase(PostgresServer server) => _server = server;

    /// <summary>Null, with a message, where PostgreSQL is not installed.</summary>
    public static async Task<BenchDatabase?> StartAsync(Progress progress)
    {
        if (PostgresBinaries.Folder is null)
        {
            progress.Say("PostgreSQL is not installed (no initdb and pg_ctl): its rows are skipped");
            return null;
        }

        var database = new BenchDatabase(new PostgresServer
        {
            Synced = true,
            Settings = ["shared_buffers=256MB", "synchronous_commit=on"],
        });
        try
        {
            await database._server.InitializeAsync();
            return database;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>An empty database; connects as its owner.</summary>
    public Task<string> CreateAsync() => _server.CreateDatabaseAsync();

    /// <summary>An empty database, with connections enough for every client of a load.</summary>
    public async Task<NpgsqlDataSource> OpenAsync() => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(await CreateAsync()) { MaxPoolSize = 80, CommandTimeout = 120 });

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();
}
