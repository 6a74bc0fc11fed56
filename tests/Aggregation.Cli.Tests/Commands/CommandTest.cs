using Aggregation.Cli.Output;

namespace Aggregation.Cli.Tests.Commands;

/// <summary>Runs the command line against a server whose answers the test decides, and keeps what it writes.</summary>
public abstract class CommandTest : IAsyncLifetime, IDisposable
{
    private protected FakeServer Server { get; private set; } = null!;

    protected DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("aggregation-cli-");

    protected StringWriter Output { get; } = new();

    protected StringWriter Error { get; } = new();

    public async Task InitializeAsync() => Server = await FakeServer.StartAsync();

    public async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        Output.Dispose();
        Error.Dispose();
    }

    protected string Write(string name, string text)
    {
        var path = Path.Combine(Folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    protected Task<int> RunAsync(params string[] arguments) => RunAtAsync(Server.Address, arguments);

    protected Task<int> RunAtAsync(string server, params string[] arguments)
    {
        string[] all = arguments.Contains("--server") ? arguments : [.. arguments, "--server", server];
        return CommandLineApplication.RunAsync(all, Terminal.Of(Output, Error), CancellationToken.None);
    }
}
