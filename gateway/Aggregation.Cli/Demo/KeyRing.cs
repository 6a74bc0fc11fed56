using Aggregation.Cli.Connection;

namespace Aggregation.Cli.Demo;

/// <summary>The files that the demo keeps its keys in, readable by their owner only.</summary>
/// <param name="Data">The server's data folder.</param>
internal sealed record KeyRing(DirectoryInfo Data)
{
    public DirectoryInfo Folder => new(Path.Combine(Data.FullName, "keys"));

    /// <summary>Written by the server at its first start.</summary>
    public FileInfo Platform => new(Path.Combine(Data.FullName, "platform.key"));

    public FileInfo Administrator(string tenant) => File(tenant, "admin");

    public FileInfo Submit(string tenant) => File(tenant, "submit");

    public FileInfo Read(string tenant) => File(tenant, "read");

    public async Task<Api> OpenAsync(Api api, FileInfo key, CancellationToken cancellation) =>
        api.WithKey(await KeyText.ReadAsync(key, cancellation));

    private FileInfo File(string tenant, string purpose) => new(Path.Combine(Folder.FullName, $"{tenant}-{purpose}.key"));
}
