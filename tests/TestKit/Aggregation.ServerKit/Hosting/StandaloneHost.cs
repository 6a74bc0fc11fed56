using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Aggregation.ServerKit.Hosting;

/// <summary>The real server as a process of its own, on free ports.</summary>
public sealed partial class StandaloneHost : IAsyncDisposable
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<(Uri Grpc, Uri Http)> _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string>? _onLine;
    private readonly RunningProcess _process;

    private StandaloneHost(ProcessStartInfo start, Action<string>? onLine)
    {
        _onLine = onLine;
        _process = new RunningProcess(start, Read);
    }

    /// <summary>Base address for gRPC over HTTP/2, once it is ready.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1");

    /// <summary>Base address for HTTP/1.1, once it is ready.</summary>
    public Uri HttpAddress { get; private set; } = new("http://127.0.0.1");

    public int ProcessId => _process.Id;

    /// <summary>Everything that it wrote so far.</summary>
    public string Output => _process.Output;

    /// <summary>Starts a server on a data folder and waits until it says that it is ready.</summary>
    /// <param name="settings">Further environment variables.</param>
    public static async Task<StandaloneHost> StartAsync(string data, IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = Launch(data, settings);
        try
        {
            await host.ReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server on a data folder without waiting for anything.</summary>
    /// <param name="settings">Further environment variables.</param>
    /// <param name="onLine">Told of each line that it writes, from another thread.</param>
    public static StandaloneHost Launch(
        string data, IReadOnlyDictionary<string, string>? settings = null, Action<string>? onLine = null)
    {
        // A write beyond the limit of a file's size is to fail, as one does on a full disk, and not to end the process.
        const string ignoringSizeSignals = "trap '' XFSZ; exec \"$0\" \"$@\"";
        var start = new ProcessStartInfo("/bin/sh", ["-c", ignoringSizeSignals, Checkout.DotNet, Checkout.FindStandalone()])
        {
            WorkingDirectory = data,
        };
        foreach (var name in start.Environment.Keys.Where(IsForeign).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["Data__Path"] = data;
        start.Environment["Endpoints__Grpc"] = "http://127.0.0.1:0";
        start.Environment["Endpoints__Http"] = "http://127.0.0.1:0";
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new StandaloneHost(start, onLine);
    }

    /// <summary>Waits until it says that it is ready.</summary>
    /// <exception cref="InvalidOperationException">It ended before, or is not ready in time.</exception>
    public async Task ReadyAsync()
    {
        var exited = _process.ExitedAsync(Patience.Step);
        if (await Task.WhenAny(_listening.Task, exited) == exited)
        {
            var code = await exited;
            throw new InvalidOperationException($"The server ended with exit code {code} before it listened. It wrote:\n{Output}");
        }

        var (grpc, http) = await _listening.Task;
        Address = grpc;
        HttpAddress = http;
        using var client = new HttpClient { BaseAddress = http, Timeout = Patience.Step };
        for (var began = Stopwatch.GetTimestamp(); ; await Task.Delay(Between))
        {
            using var ready = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
            if (ready.IsSuccessStatusCode)
            {
                return;
            }

            if (Stopwatch.GetElapsedTime(began) > Patience.Step)
            {
                throw new InvalidOperationException($"/readyz still answers {(int)ready.StatusCode}. The server wrote:\n{Output}");
            }
        }
    }

    /// <summary>Asks it to end, as a service manager does, and does not wait for that.</summary>
    public Task TerminateAsync() => _process.TerminateAsync();

    /// <summary>Stops it as a service manager does.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await TerminateAsync();
        return await _process.ExitedAsync(Patience.Step);
    }

    /// <summary>Ends it in the middle of whatever it is doing (kill -9).</summary>
    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Settings of the machine or of the test run that would change what the server does.</summary>
    private static bool IsForeign(string variable) =>
        variable.StartsWith("OTEL_", StringComparison.Ordinal)
        || variable.StartsWith("ASPNETCORE_", StringComparison.Ordinal)
        || variable.StartsWith("Endpoints__", StringComparison.Ordinal)
        || variable.StartsWith("Journal__", StringComparison.Ordinal);

    private void Read(string line)
    {
        var listening = Listening().Match(line);
        if (listening.Success)
        {
            _listening.TrySetResult((new Uri(listening.Groups["grpc"].Value), new Uri(listening.Groups["http"].Value)));
        }

        _onLine?.Invoke(line);
    }

    [GeneratedRegex(@"Listening: gRPC (?<grpc>http://\S+) HTTP (?<http>http://\S+)")]
    private static partial Regex Listening();
}
