using Aggregation.TestKit.Postgres;

namespace Aggregation.SiloKit;

/// <summary>The database of a test, with an empty journal that outlives the silos on it.</summary>
public sealed class TestJournal : IDisposable
{
    private readonly TempFolder? _folder;

    private TestJournal(TempFolder? folder, IReadOnlyDictionary<string, string> settings)
    {
        _folder = folder;
        Settings = settings;
    }

    /// <summary>Of section <c>Journal</c>, by option.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Where SQLite's file is.</summary>
    /// <exception cref="InvalidOperationException">The journal is not SQLite's.</exception>
    public string Folder => _folder?.Path ?? throw new InvalidOperationException("A journal on PostgreSQL is in no folder.");

    /// <summary>A file in a folder of its own.</summary>
    public static TestJournal OnSqlite()
    {
        var folder = new TempFolder();
        return new TestJournal(folder, InFolder(folder.Path));
    }

    /// <summary>A database of its own on a server that runs.</summary>
    public static async Task<TestJournal> OnPostgresAsync(PostgresServer server) => new(null, new Dictionary<string, string>
    {
        ["Provider"] = "postgres",
        ["ConnectionString"] = await server.CreateDatabaseAsync(),
    });

    /// <summary>The settings of a file in a folder that somebody else keeps.</summary>
    public static IReadOnlyDictionary<string, string> InFolder(string folder) =>
        new Dictionary<string, string> { ["Path"] = Path.Combine(folder, "journal.db") };

    public void Dispose() => _folder?.Dispose();
}
