using System.Diagnostics;
using System.Threading.Channels;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Benchmarks.Serving;

/// <summary>A server in a process of its own, on a free port of the loopback address.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private readonly Channel<ProcessMemory> _answers = Channel.CreateUnbounded<ProcessMemory>();
    private readonly TaskCompletionSource<Uri> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunningProcess _process;
    private readonly Task _ended;

    private ServerProcess(ProcessStartInfo start)
    {
        _process = new RunningProcess(start, Read);
        _ended = EndAsync();
    }

    /// <summary>Where it listens for gRPC, HTTP/2 without TLS.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Time that its threads have run so far: what a call costs, whoever else uses the machine.</summary>
    public TimeSpan ProcessorTime => _process.ProcessorTime;

    /// <summary>Starts this program as the server that <paramref name="arguments"/> name; returns once it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended before it listened.</exception>
    public static async Task<ServerProcess> StartAsync(string folder, CancellationToken cancellation, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
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

        var server = new ServerProcess(start);
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
        await _process.Input.WriteLineAsync(ProcessMeter.MemoryQuestion.AsMemory(), cancellation);
        await _process.Input.FlushAsync(cancellation);
        return await _answers.Reader.ReadAsync(cancellation);
    }

    /// <summary>Ends it at once, as a loss of power would.</summary>
    public Task KillAsync() => _process.KillAsync();

    public async ValueTask DisposeAsync()
    {
        _process.Input.Close();
        try
        {
            await _process.ExitedAsync(StopTime);
        }
        catch (TimeoutException)
        {
            await _process.KillAsync();
        }

        await _ended;
        await _process.DisposeAsync();
    }

    private void Read(string line)
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
            Console.Error.WriteLine(line);
        }
    }

    private async Task EndAsync()
    {
        await _process.ExitedAsync(Timeout.InfiniteTimeSpan);
        var ended = new InvalidOperationException("The server's process ended.");
        _listening.TrySetException(ended);
        _answers.Writer.TryComplete(ended);
    }
}
