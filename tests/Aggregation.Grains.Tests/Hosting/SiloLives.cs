namespace Aggregation.Grains.Tests.Hosting;

/// <summary>One silo after another on the same journal and snapshots, each ended by stopping it or by cutting its power.</summary>
public sealed class SiloLives : IAsyncDisposable
{
    private readonly TestJournal _journal;
    private readonly SnapshotVault _vault = new();
    private readonly IReadOnlyDictionary<string, string> _settings;
    private volatile TaskCompletionSource<TestSilo> _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PowerCut _power = new();
    private TestSilo? _silo;

    private SiloLives(TestJournal journal, IReadOnlyDictionary<string, string> settings)
    {
        _journal = journal;
        _settings = settings;
    }

    /// <summary>The silo that is up, now or as soon as there is one.</summary>
    public Task<TestSilo> Up => _up.Task;

    public static async Task<SiloLives> StartAsync(TestJournal journal, Dictionary<string, string>? settings = null)
    {
        var lives = new SiloLives(journal, settings ?? new());
        await lives.BeginAsync();
        return lives;
    }

    /// <summary>Stops the silo, which may put things in order, and starts the next.</summary>
    public async Task RestartAsync()
    {
        Leave();
        await _silo!.DisposeAsync();
        await BeginAsync();
    }

    /// <summary>Ends the silo in the middle of whatever it is doing, as a killed process ends, and starts the next.</summary>
    /// <param name="dying">Called when nothing that the silo does is of consequence any more.</param>
    /// <param name="next">Given the next silo before anybody else.</param>
    public async Task KillAsync(Action? dying = null, Action<TestSilo>? next = null)
    {
        Leave();
        _power.Cut();
        dying?.Invoke();
        await _silo!.DisposeAsync();
        await BeginAsync(next);
    }

    public async ValueTask DisposeAsync() => await _silo!.DisposeAsync();

    private void Leave() => _up = new TaskCompletionSource<TestSilo>(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BeginAsync(Action<TestSilo>? next = null)
    {
        _power = new PowerCut();
        _silo = await TestSilo.StartAsync(_journal, new SiloSetup { Settings = _settings, Snapshots = _vault, Power = _power });
        next?.Invoke(_silo);
        _up.SetResult(_silo);
    }
}
