using System.Globalization;
using Aggregation.Storage.Sqlite.Native;

namespace Aggregation.Storage.Sqlite;

/// <summary>The numbered changes of the schema, <c>Migrations/NNNN_name.sql</c>, each applied once.</summary>
internal static class Migrations
{
    private const string Prefix = "Sqlite/Migrations/";

    private static readonly (int Number, string Resource)[] All =
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Prefix.Length, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
            .Order(),
    ];

    /// <summary>The schema that this program knows.</summary>
    public static int Latest => All[^1].Number;

    /// <summary>Brings the database to <see cref="Latest"/> in one transaction.</summary>
    /// <exception cref="InvalidOperationException">The database has a newer schema.</exception>
    public static void Apply(Database database, string path, TimeProvider time)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            database.Execute(
                "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT");
            var current = database.Number("SELECT max(version) FROM schema_version");
            if (current > Latest)
            {
                throw new InvalidOperationException(
                    $"The journal '{path}' (option Journal:Path) has schema {current}; this program knows schemas up to {Latest}. Run a newer program.");
            }

            var record = database.Prepare("INSERT INTO schema_version (version, applied_at) VALUES (?1, ?2)");
            foreach (var (number, resource) in All.Where(migration => migration.Number > current))
            {
                database.Execute(Read(resource));
                record.Bind(1, number).Bind(2, time.GetUtcNow().ToUnixTimeMilliseconds()).Run();
            }

            database.Execute("COMMIT");
        }
        catch
        {
            database.Execute("ROLLBACK");
            throw;
        }
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
