namespace Aggregation.Storage.Sqlite;

/// <summary>Settings of the journal on SQLite, section <see cref="SectionName"/>.</summary>
public sealed class SqliteJournalOptions
{
    public const string SectionName = "Journal";

    /// <summary>The database file; its folder is made when missing. Default <c>./data/journal.db</c>.</summary>
    public string Path { get; set; } = "./data/journal.db";

    /// <summary>Most appends in one transaction, 1–10,000. Default 512.</summary>
    public int MaxBatch { get; set; } = 512;

    /// <summary>Most appends that wait; a further one waits for its place. 1–1,000,000, default 8,192.</summary>
    public int QueueCapacity { get; set; } = 8192;

    /// <summary>Connections that read side by side, 1–64. Default 4.</summary>
    public int ReadConnections { get; set; } = 4;

    /// <summary>How long to wait for another process's lock, 0–60 s. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The writer's memory for pages, 1–4,096 MiB. Default 16: after a commit that moved rows between pages SQLite goes through all of it.
    /// </summary>
    public int CacheMebibytes { get; set; } = 16;

    /// <summary>Pages of 4 KiB in the write-ahead log before they are moved to the database, 100–1,000,000. Default 4,000.</summary>
    public int CheckpointPages { get; set; } = 4000;

    /// <summary>Lets a second host open the same database. For tests of split activations only; default false.</summary>
    public bool AllowSecondHost { get; set; }
}
