using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace Aggregation.TestKit.Postgres;

/// <summary>
/// A PostgreSQL server for the tests of one class: own data in a temporary folder, a free loopback port, stopped and
/// removed at the end. Without the programs it does nothing, as <see cref="PostgresFactAttribute"/> skips its tests.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string ServerAccount = "postgres";
    private static readonly TimeSpan CommandLimit = TimeSpan.FromSeconds(60);

    private string? _folder;
    private int _port;

    /// <summary>Connects to the server's first database as its owner.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username={ServerAccount};Database=postgres";

    private string Data => Path.Combine(_folder!, "data");

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.Folder is null) return;
        _folder = Directory.CreateTempSubdirectory("aggregation-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await Run("chown", [ServerAccount, _folder]);
        _port = FreePort();
        await RunServerProgram(
            "initdb", "-D", Data, "-U", ServerAccount, "-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale");

        // Nothing here outlives the test, so nothing is flushed to disk.
        await RunServerProgram(
            "pg_ctl", "start", "-w", "-D", Data, "-l", Path.Combine(_folder, "log"), "-o",
            string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"));
    }

    public async Task DisposeAsync()
    {
        if (_folder is null) return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await RunServerProgram("pg_ctl", "stop", "-w", "-m", "immediate", "-D", Data);
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The server refuses to run as root.</summary>
    private Task RunServerProgram(string program, params string[] arguments)
    {
        var path = Path.Combine(PostgresBinaries.Folder!, program);
        return Environment.IsPrivilegedProcess
            ? Run("runuser", ["-u", ServerAccount, "--", path, .. arguments])
            : Run(path, arguments);
    }

    private async Task Run(string program, string[] arguments)
    {
        // Output goes to nobody's pipe: the server inherits it and would keep a pipe open.
        var start = new ProcessStartInfo("/bin/sh") { WorkingDirectory = _folder };
        var log = Path.Combine(_folder!, "commands");
        foreach (var argument in (string[])["-c", $"exec \"$0\" \"$@\" >>'{log}' 2>&1", program, .. arguments])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(CommandLimit);
        await process.WaitForExitAsync(limit.Token);
        if (process.ExitCode == 0) return;
        throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await File.ReadAllTextAsync(log, limit.Token)}");
    }
}
