using Aggregation.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aggregation.Storage.Tests;

/// <summary>A folder of its own for a test's databases, removed afterwards.</summary>
internal sealed class SqliteFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("aggregation-journal-").FullName;
    private int count;

    public SqliteJournalOptions Options(string? name = null) =>
        new() { Path = Path.Combine(folder, name ?? $"{Interlocked.Increment(ref count)}.db"), CacheMebibytes = 4, ReadConnections = 2 };

    public static SqliteJournal Open(SqliteJournalOptions options) =>
        SqliteJournal.Open(options, TimeProvider.System, NullLogger<SqliteJournal>.Instance);

    internal static SqliteJournal Open(SqliteJournalOptions options, Action<WriterConnection> commit) =>
        SqliteJournal.Open(options, TimeProvider.System, NullLogger<SqliteJournal>.Instance, commit);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
