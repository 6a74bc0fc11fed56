using Aggregation.Storage.Journal;

namespace Aggregation.Storage.Sqlite;

/// <summary>
/// Held by a host for as long as it uses a database: an exclusive lock on a file next to it, which the operating
/// system gives back when the process ends, however it ends.
/// </summary>
internal sealed class DatabaseLease : IDisposable
{
    private readonly FileStream file;

    private DatabaseLease(FileStream file) => this.file = file;

    /// <exception cref="JournalInUseException">Another host has it.</exception>
    public static DatabaseLease Take(string databasePath)
    {
        var path = databasePath + ".lock";
        try
        {
            return new DatabaseLease(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException inner)
        {
            throw new JournalInUseException(
                $"The journal '{databasePath}' (option Journal:Path) is in use by another host, which holds '{path}'. "
                + "Stop that host or choose another path; Journal:AllowSecondHost is for tests only.",
                inner);
        }
    }

    public void Dispose() => file.Dispose();
}
