using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Aggregation.Benchmarks.Postgres;

/// <summary>A PostgreSQL of this run's own, on a free port of the loopback address, with what it stores in a temporary folder.</summary>
internal sealed class PostgresServer : IAsyncDisposable
{
    private const string SystemUser = "postgres";

    private readonly TemporaryFolder _folder;
    private readonly string _programs;

    private PostgresServer(TemporaryFolder folder, string programs, int port)
    {
        _folder = folder;
        _programs = programs;
        ConnectionString = string.Create(
            CultureInfo.InvariantCulture,
            $"Host=127.0.0.1;Port={port};Username={SystemUser};Database=postgres;Maximum Pool Size=80;Command Timeout=120");
    }

    public string ConnectionString { get; }

    /// <summary>Starts it with defaults (fsync, synchronous_commit) and 256 MiB of shared buffers. Null where it is not installed.</summary>
    /// <exception cref="InvalidOperationException">It is installed and does not start.</exception>
    public static async Task<PostgresServer?> StartAsync(CancellationToken cancellation)
    {
        if (await FindProgramsAsync(cancellation) is not { } programs)
        {
            return null;
        }

        var port = FreePort();
        var server = new PostgresServer(new TemporaryFolder(), programs, port);
        try
        {
            if (Environment.IsPrivilegedProcess)
            {
                await RunAsync("chown", [SystemUser, server._folder.Path], cancellation);
            }

            await server.RunProgramAsync(
                "initdb", ["-D", server.Cluster, "-U", SystemUser, "-A", "trust", "--no-sync", "--encoding=UTF8", "--locale=C"], cancellation);
            var settings = string.Create(
                CultureInfo.InvariantCulture,
                $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c shared_buffers=256MB -c synchronous_commit=on -c fsync=on");
            await server.RunProgramAsync(
                "pg_ctl", ["-D", server.Cluster, "-w", "-l", server._folder.File("log"), "-o", settings, "start"], cancellation);
            return server;
        }
        catch
        {
            server._folder.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Ctrl-C reaches the server too, so it may have stopped already.
        if (File.Exists(Path.Combine(Cluster, "postmaster.pid")))
        {
            await RunProgramAsync("pg_ctl", ["-D", Cluster, "-w", "-m", "immediate", "stop"], CancellationToken.None);
        }

        _folder.Dispose();
    }

    private string Cluster => _folder.File("cluster");

    private static async Task<string?> FindProgramsAsync(CancellationToken cancellation)
    {
        try
        {
            var programs = (await RunAsync("pg_config", ["--bindir"], cancellation)).Trim();
            return File.Exists(Path.Combine(programs, "initdb")) ? programs : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no such program.
            return null;
        }
    }

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private Task<string> RunProgramAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        var path = Path.Combine(_programs, program);
        return Environment.IsPrivilegedProcess
            ? RunAsync("runuser", ["-u", SystemUser, "--", path, .. arguments], cancellation)
            : RunAsync(path, arguments, cancellation);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellation)
    {
        // The server inherits what pg_ctl has; with its log in a file, the pipe closes when pg_ctl ends.
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return process.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit code {process.ExitCode}. {await errors}");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
