using Aggregation.Faults.Load;
using Aggregation.ServerKit.Clients;
using Aggregation.ServerKit.Hosting;

namespace Aggregation.Faults.Runs;

/// <summary>The server under test through all its lives: one process after another on the same data.</summary>
internal sealed class Server(string data, string log, IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    private readonly StreamWriter _log = new(log);
    private readonly Lock _lock = new();
    private readonly List<Api> _past = [];
    private volatile TaskCompletionSource<Api> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StandaloneHost? _host;

    /// <summary>To the process that is ready, now or as soon as there is one. Of another once that one is being ended.</summary>
    public Task<Api> Up => _up.Task;

    public int ProcessId => _host!.ProcessId;

    public async Task StartAsync()
    {
        _host = Launch(static () => { });
        await _host.ReadyAsync();
        var api = Api.ThatAsksAgain(_host.Address);
        _past.Add(api);
        _up.SetResult(api);
    }

    /// <summary>Stops it as a service manager does.</summary>
    /// <exception cref="InvalidOperationException">It ends with another code than 0.</exception>
    public async Task StopAsync()
    {
        Leave();
        var code = await _host!.StopAsync();
        await EndAsync();
        if (code != 0)
        {
            throw new InvalidOperationException($"The server ended with exit code {code} when it was stopped; it must be 0. Its log is {log}.");
        }
    }

    /// <summary>Ends it in the middle of whatever it is doing (kill -9).</summary>
    public async Task KillAsync()
    {
        Leave();
        await _host!.KillAsync();
        await EndAsync();
    }

    /// <summary>Starts it and ends it (kill -9) once it has written so many lines, or is ready.</summary>
    /// <param name="lines">From 0.</param>
    public async Task KillDuringStartAsync(int lines)
    {
        var written = new Counter();
        var enough = written.FurtherAsync(lines);
        _host = Launch(written.Add);
        await Task.WhenAny(enough, _host.ReadyAsync()).WaitAsync(Patience.Step);
        await KillAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _past.ForEach(static api => api.Dispose());
        await _log.DisposeAsync();
    }

    private StandaloneHost Launch(Action onLine) => StandaloneHost.Launch(data, settings, line =>
    {
        lock (_lock)
        {
            _log.WriteLine(line);
        }

        onLine();
    });

    private void Leave()
    {
        if (_up.Task.IsCompleted)
        {
            _up = new TaskCompletionSource<Api>(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private async Task EndAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
            _host = null;
        }
    }
}
