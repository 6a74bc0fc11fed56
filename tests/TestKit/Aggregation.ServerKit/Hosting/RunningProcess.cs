using System.Diagnostics;
using System.Globalization;

namespace Aggregation.ServerKit.Hosting;

/// <summary>A process that this test started, with what it writes. Ends with its owner.</summary>
public sealed class RunningProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly Action<string>? _onLine;

    /// <param name="onLine">Told of each line of either output, from another thread.</param>
    public RunningProcess(ProcessStartInfo start, Action<string>? onLine = null)
    {
        _onLine = onLine;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>What it reads, where its start asked for that.</summary>
    public StreamWriter Input => _process.StandardInput;

    /// <summary>Time that its threads have run so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Everything written so far.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    /// <summary>Waits for its end, and for the last of its output.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> ExitedAsync(TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Process {Id} still runs after {limit}. It wrote:\n{Output}");
        }

        return _process.ExitCode;
    }

    /// <summary>Asks it to end, as a service manager does (SIGTERM).</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        if (kill.ExitCode != 0)
        {
            throw new InvalidOperationException($"Process {Id} cannot be told to end: kill ends with {kill.ExitCode}.");
        }
    }

    /// <summary>Ends it without a word (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await ExitedAsync(Patience.Step);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        _onLine?.Invoke(line);
    }
}
