using Aggregation.Storage.Postgres;
using Aggregation.TestKit.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aggregation.Storage.Tests;

/// <summary>One server for the classes that leave it running.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresDatabases : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";

    public static async Task<PostgresJournalOptions> OptionsAsync(PostgresServer server) => Options(await server.CreateDatabaseAsync());

    public static PostgresJournalOptions Options(string connectionString) =>
        new() { ConnectionString = connectionString, ReadConnections = 2 };

    public static async Task<PostgresJournal> OpenAsync(PostgresJournalOptions options, ILogger<PostgresJournal>? logger = null)
    {
        var journal = new PostgresJournal(options, TimeProvider.System, logger ?? NullLogger<PostgresJournal>.Instance);
        try
        {
            await journal.StartAsync(CancellationToken.None);
            return journal;
        }
        catch
        {
            await journal.DisposeAsync();
            throw;
        }
    }
}
