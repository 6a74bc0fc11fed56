namespace Aggregation.SiloKit;

public sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aggregation-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
