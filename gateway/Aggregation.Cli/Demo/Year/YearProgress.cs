using System.Text.Json;

namespace Aggregation.Cli.Demo.Year;

/// <summary>How many steps of a tenant's year are done, in a file beside its keys.</summary>
internal sealed class YearProgress
{
    private readonly FileInfo _file;
    private readonly string _hash;

    private YearProgress(FileInfo file, string hash, int done)
    {
        _file = file;
        _hash = hash;
        Done = done;
    }

    public int Done { get; private set; }

    /// <exception cref="CommandFailedException">The year was begun with another script.</exception>
    public static async Task<YearProgress> ReadAsync(DirectoryInfo folder, string hash, CancellationToken cancellation)
    {
        var file = new FileInfo(Path.Combine(folder.FullName, "progress.json"));
        if (!file.Exists)
        {
            return new YearProgress(file, hash, 0);
        }

        var saved = JsonSerializer.Deserialize<Saved>(await File.ReadAllTextAsync(file.FullName, cancellation))!;
        return saved.Script == hash
            ? new YearProgress(file, hash, saved.Done)
            : throw new CommandFailedException(
                $"The year in {folder.FullName} was begun with another script, figures or units. Play this one in a new data folder (--data).");
    }

    public async Task SaveAsync(int done, CancellationToken cancellation)
    {
        Done = done;
        _file.Directory!.Create();
        // In place of the old one at once: a kill leaves either.
        var next = _file.FullName + ".next";
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(new Saved(_hash, done)), cancellation);
        File.Move(next, _file.FullName, overwrite: true);
        _file.Refresh();
    }

    private sealed record Saved(string Script, int Done);
}
