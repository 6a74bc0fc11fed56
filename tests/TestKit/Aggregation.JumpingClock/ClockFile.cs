using System.IO.MemoryMappedFiles;

namespace Aggregation.JumpingClock;

/// <summary>
/// The file by which a test sets a server's clock while the server runs. The server is the product's own program,
/// unchanged: ASP.NET Core's hosting startup puts the clock in where it would take the system's.
/// </summary>
public sealed class ClockFile : IDisposable
{
    internal const string PathVariable = "AGGREGATION_TEST_CLOCK";

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _shared;

    /// <param name="path">Made when missing, with the clock right.</param>
    public ClockFile(string path)
    {
        _path = path;
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, sizeof(long));
        _shared = _file.CreateViewAccessor(0, sizeof(long));
    }

    /// <summary>How far the server's clock is ahead of the machine's.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(_shared.ReadInt64(0));
        set => _shared.Write(0, value.Ticks);
    }

    /// <summary>Environment variables of a server that shall have this clock.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        [PathVariable] = _path,
        ["DOTNET_STARTUP_HOOKS"] = typeof(ClockFile).Assembly.Location,
        ["ASPNETCORE_HOSTINGSTARTUPASSEMBLIES"] = typeof(ClockFile).Assembly.GetName().Name!,
    };

    public void Dispose()
    {
        _shared.Dispose();
        _file.Dispose();
    }
}
