namespace Aggregation.Storage.Postgres;

/// <summary>Settings of the journal on PostgreSQL, section <see cref="SectionName"/>.</summary>
public sealed class PostgresJournalOptions
{
    public const string SectionName = "Journal";

    /// <summary>
    /// Where the database is, as <c>keyword=value</c> pairs of Npgsql; <c>Host</c>, <c>Database</c> and <c>Username</c>
    /// are required. Several hosts, separated by commas, are a primary and its standbys: the primary is looked for.
    /// It may hold a password, so it is never logged and no message repeats it.
    /// </summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Most appends in one transaction, 1–10,000. Default 512.</summary>
    public int MaxBatch { get; set; } = 512;

    /// <summary>Most appends that wait; a further one waits for its place. 1–1,000,000, default 8,192.</summary>
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>Connections that read side by side, 1–64; one more writes. Default 4.</summary>
    public int ReadConnections { get; set; } = 4;

    /// <summary>How long any statement may take, its wait for locks included, before it is given up; 0.1–600 s. Default 30 s.</summary>
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a start waits for a database that cannot be reached yet, so that it does not matter which of the two comes first;
    /// a wrong password or a missing database fails at once. 0–600 s. Default 60 s.
    /// </summary>
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Lets a second host use the same database: several silos of one cluster, or tests of split activations. Default false.</summary>
    public bool AllowSecondHost { get; set; }
}
