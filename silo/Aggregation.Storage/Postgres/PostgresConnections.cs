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

        // Readers leave nothing behind that a reset would have to clear.
        text.Pooling = true;
        text.NoResetOnClose = true;
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
    /// Given at connecting. Keepalives tell the server within half a minute that a client is gone, and so free its locks.
    /// Every statement of a journal looks rows up by their keys; but a plan made while the tables are a page long reads
    /// them from end to end, and is kept while they grow: reading so is switched off. Short statements gain nothing by compilation.
    /// </summary>
    private static string SessionSettings(PostgresJournalOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"-c statement_timeout={(long)options.StatementTimeout.TotalMilliseconds} -c idle_in_transaction_session_timeout=60000 "
        + $"-c enable_seqscan=off -c jit=off "
        + $"-c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4");
}
