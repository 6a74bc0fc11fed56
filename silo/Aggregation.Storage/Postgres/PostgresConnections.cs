using System.Globalization;
using Npgsql;

namespace Aggregation.Storage.Postgres;

/// <summary>The two ways to the database: a pool of readers, and the writer's connection, which is never shared.</summary>
internal sealed class PostgresConnections : IAsyncDisposable
{
    private const int PreparedStatements = 32;

    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;

    public PostgresConnections(PostgresJournalOptions options)
    {
        var text = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        Name = $"{text.Host}/{text.Database}";
        text.ApplicationName ??= "aggregation journal";
        text.Options = $"{text.Options} {SessionSettings(options)}".TrimStart();

        // The server ends a statement that takes too long and says so; the client's own limit, later, is for a server that
        // is not heard of any more.
        text.CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + 5;
        text.MaxAutoPrepare = Math.Max(text.MaxAutoPrepare, PreparedStatements);
        text.AutoPrepareMinUsages = 2;
        text.IncludeErrorDetail = false;
        text.Enlist = false;

        // Which of several hosts is the primary is asked each time: after a failover a remembered answer is wrong.
        text.HostRecheckSeconds = 0;

        text.Pooling = true;
        text.MinPoolSize = 0;
        text.MaxPoolSize = options.ReadConnections;
        readers = Build(text);
        text.Pooling = false;
        writers = Build(text);
    }

    /// <summary>Host and database, for messages.</summary>
    public string Name { get; }

    public ValueTask<NpgsqlConnection> OpenReader(CancellationToken cancellation) => readers.OpenConnectionAsync(cancellation);

    public ValueTask<NpgsqlConnection> OpenWriter(CancellationToken cancellation) => writers.OpenConnectionAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await writers.DisposeAsync();
        await readers.DisposeAsync();
    }

    private static NpgsqlDataSource Build(NpgsqlConnectionStringBuilder text) => text.Host!.Contains(',', StringComparison.Ordinal)
        ? new NpgsqlDataSourceBuilder(text.ConnectionString).BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary)
        : new NpgsqlDataSourceBuilder(text.ConnectionString).Build();

    /// <summary>
    /// Given at connecting, so that they outlive a pool's reset. Keepalives tell the server within half a minute that a
    /// client is gone, and so free its locks.
    /// </summary>
    private static string SessionSettings(PostgresJournalOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"-c statement_timeout={(long)options.StatementTimeout.TotalMilliseconds} -c idle_in_transaction_session_timeout=60000 "
        + $"-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4");
}
