using System.Diagnostics;
using System.Threading.Channels;

namespace Aggregation.Benchmarks.Serving;

/// <summary>A server in a process of its own, on a free port of the loopback address.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Channel<ProcessMemory> _answers = Channel.CreateUnbounded<ProcessMemory>();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    private ServerProcess(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Where it listens for gRPC, HTTP/2 without TLS.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Time that its threads have run so far: what a call costs, whoever else uses the machine.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts this program as the server that <paramref name="arguments"/> name; returns once it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public static async Task<ServerProcess> StartAsync(string folder, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        }

        start.ArgumentList.Add(ServerCommand.Word);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerProcess(Process.Start(start)!);
        try
        {
            server.Address = await server._listening.Task.WaitAsync(StartTime, cancellation);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the process holds after a full collection.</summary>
    public async Task<ProcessMemory> MeasureAsync(CancellationToken cancellation)
    {
        await _process.StandardInput.WriteLineAsync(ProcessMeter.MemoryQuestion.AsMemory(), cancellation);
        await _process.StandardInput.FlushAsync(cancellation);
        return await _answers.Reader.ReadAsync(cancellation);
    }

    /// <summary>Ends it at once, as a loss of power would.</summary>
    public void Kill() => _process.Kill();

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(StopTime);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (ProcessMemory.TryParse(line) is { } memory)
            {
                _answers.Writer.TryWrite(memory);
            }
            else if (line.IndexOf(ServerCommand.Listening, StringComparison.Ordinal) is >= 0 and var at)
            {
                var address = line[(at + ServerCommand.Listening.Length)..].Split(' ')[0];
                _listening.TrySetResult(new Uri(address));
            }
            else
            {
                await Console.Error.WriteLineAsync(line);
            }
        }

        var ended = new InvalidOperationException("The server's process ended.");
        _listening.TrySetException(ended);
        _answers.Writer.TryComplete(ended);
    }
}
