using System.Diagnostics;
using System.Globalization;
using Aggregation.TestKit.Network;
using Npgsql;
using Xunit;

namespace Aggregation.TestKit.Postgres;

/// <summary>
/// A PostgreSQL server for the tests of one class: own data in a temporary folder, a free loopback port, stopped and
/// removed at the end. Without the programs it does nothing, as <see cref="PostgresFactAttribute"/> skips its tests.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string ServerAccount = "postgres";
    private const string StartOrStopSeconds = "240";

    /// <summary>Says nothing about speed, nor does the one above: a fault is to end the run.</summary>
    private static readonly TimeSpan CommandLimit = TimeSpan.FromMinutes(5);

    private string? _folder;
    private int _port;
    private int _standbyPort;
    private int _databases;

    /// <summary>Connects to the server's first database as its owner.</summary>
    public string ConnectionString => ConnectionTo(ServerAccount);

    /// <summary>
    /// Whether commits are flushed to disk. Default no, as nothing here outlives the test; benchmarks say yes.
    /// </summary>
    public bool Synced { get; init; }

    /// <summary>More settings, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Size of the files of the server's log, a power of two from 1. Default 16.</summary>
    public int WalSegmentMebibytes { get; init; } = 16;

    /// <summary>The server's first process, of which every session's is a child. While it runs.</summary>
    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private string Data => Path.Combine(_folder!, "data");

    public async Task InitializeAsync()
    {
        if (PostgresBinaries.SkipReason is not null) return;
        if (PostgresBinaries.Folder is null)
            throw new InvalidOperationException("PostgreSQL's programs (initdb, pg_ctl) are not on this build server.");
        _folder = Directory.CreateTempSubdirectory("aggregation-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await Run("chown", [ServerAccount, _folder]);
        (_port, _standbyPort) = FreePorts.Two();
        await RunServerProgram(
            "initdb", "-D", Data, "-U", ServerAccount, "-A", "trust", "--no-sync", "-E", "UTF8", "--no-locale",
            string.Create(CultureInfo.InvariantCulture, $"--wal-segsize={WalSegmentMebibytes}"));
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_folder is null) return;
        if (File.Exists(Path.Combine(Data, "postmaster.pid"))) await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Starts the server again, on the same port with the same data.</summary>
    public Task StartAsync()
    {
        string[] settings =
        [
            "listen_addresses=127.0.0.1", "unix_socket_directories=''", $"fsync={(Synced ? "on" : "off")}", .. Settings,
        ];
        var options = $"-p {_port.ToString(CultureInfo.InvariantCulture)} -c {string.Join(" -c ", settings)}";
        return RunServerProgram("pg_ctl", "start", "-w", "-t", StartOrStopSeconds, "-D", Data, "-l", Path.Combine(_folder!, "log"), "-o", options);
    }

    /// <summary>Stops the server at once, as a crash would: sessions are cut, nothing is written any more.</summary>
    public Task StopAsync() => RunServerProgram("pg_ctl", "stop", "-w", "-t", StartOrStopSeconds, "-m", "immediate", "-D", Data);

    /// <summary>
    /// The server dies, and one with all it had committed takes its place at the standby's address, as a synchronous
    /// standby would. The next time, back again.
    /// </summary>
    public async Task FailOverAsync()
    {
        await StopAsync();
        (_port, _standbyPort) = (_standbyPort, _port);
        await StartAsync();
    }

    /// <summary>The same connection, given the address of the server and that of its standby.</summary>
    public string WithStandby(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_port},127.0.0.1:{_standbyPort}"),
    }.ConnectionString;

    /// <summary>Makes an empty database of the test's own.</summary>
    /// <returns>Connects to it as its owner.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"test{Interlocked.Increment(ref _databases)}");
        await ExecuteAsync(ConnectionString, $"CREATE DATABASE {name}");
        return ConnectionTo(name);
    }

    /// <summary>Runs statements on a connection of its own.</summary>
    public static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; null if there is none.</summary>
    public static async Task<object?> ScalarAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(Unpooled(connectionString));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Tests' own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync() is { } value and not DBNull ? value : null;
    }

    /// <summary>Runs a program as the account that the server runs as, which is not root: the server refuses to.</summary>
    /// <exception cref="InvalidOperationException">It ends with another code than 0; the message has its output.</exception>
    public Task RunAsync(string program, params string[] arguments) => Environment.IsPrivilegedProcess
        ? Run("runuser", ["-u", ServerAccount, "--", program, .. arguments])
        : Run(program, arguments);

    private static string Unpooled(string connectionString) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString;

    private string ConnectionTo(string database) => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_port};Username={ServerAccount};Database={database}");

    private Task RunServerProgram(string program, params string[] arguments) =>
        RunAsync(Path.Combine(PostgresBinaries.Folder!, program), arguments);

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
