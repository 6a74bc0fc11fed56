namespace Aggregation.ServerKit.Hosting;

public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("aggregation-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
