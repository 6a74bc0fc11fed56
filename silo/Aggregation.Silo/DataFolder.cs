namespace Aggregation.Silo;

/// <summary>The folder that holds everything a host keeps: the journal and the first platform key.</summary>
/// <param name="Path">Full path; exists.</param>
public sealed record DataFolder(string Path)
{
    /// <summary>Names the folder; default <c>./data</c>.</summary>
    public const string Key = "Data:Path";

    private const string JournalKey = "Journal:Path";

    /// <summary>Makes the folder and puts the journal into it, unless <c>Journal:Path</c> says otherwise.</summary>
    /// <exception cref="InvalidOperationException">The path is blank.</exception>
    internal static DataFolder Open(IConfigurationManager configuration)
    {
        var path = configuration[Key] ?? "./data";
        if (string.IsNullOrWhiteSpace(path))
        {
            throw new InvalidOperationException($"{Key} is '{path}'; it must name a folder.");
        }

        var folder = Directory.CreateDirectory(path).FullName;
        if (configuration[JournalKey] is null)
        {
            configuration.AddInMemoryCollection([new(JournalKey, System.IO.Path.Combine(folder, "journal.db"))]);
        }

        return new DataFolder(folder);
    }
}
