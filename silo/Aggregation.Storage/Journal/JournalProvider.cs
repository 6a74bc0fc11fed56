namespace Aggregation.Storage.Journal;

/// <summary>The databases that a journal can be on.</summary>
public enum JournalProvider
{
    /// <summary>A file; nothing to install, one host.</summary>
    Sqlite,

    /// <summary>A PostgreSQL server, version 15 or later.</summary>
    Postgres,
}
