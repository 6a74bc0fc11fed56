using Aggregation.Faults.Databases;

namespace Aggregation.Faults.Runs;

/// <summary>A run's temporary folder and the database in it; both go with the run, unless they are worth a look.</summary>
internal sealed class RunFolder : IAsyncDisposable
{
    private bool _isKept;

    private RunFolder(string path, IDatabase database)
    {
        Path = path;
        Database = database;
    }

    /// <summary>The databases that runs can be on, by name.</summary>
    public static IReadOnlyDictionary<string, Func<string, Task<IDatabase>>> Databases { get; } =
        new Dictionary<string, Func<string, Task<IDatabase>>>
        {
            ["sqlite"] = static folder => Task.FromResult<IDatabase>(new SqliteDatabase(System.IO.Path.Combine(folder, "data"))),
            ["postgres"] = static async _ => await PostgresDatabase.StartAsync(),
        };

    public string Path { get; }

    public IDatabase Database { get; }

    public static async Task<RunFolder> CreateAsync(string database)
    {
        var path = Directory.CreateTempSubdirectory("aggregation-faults-").FullName;
        return new RunFolder(path, await Databases[database](path));
    }

    /// <summary>Leaves the folder where it is at the end.</summary>
    public void Keep() => _isKept = true;

    public void Drop() => _isKept = false;

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (!_isKept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
