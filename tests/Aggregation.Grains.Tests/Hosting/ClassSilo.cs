namespace Aggregation.Grains.Tests.Hosting;

/// <summary>The silo that the tests of a class share, each in a tenant of its own: tenants share nothing.</summary>
public class ClassSilo : IAsyncLifetime
{
    private TestJournal? _journal;
    private TestSilo? _silo;
    private SiloSetup _setup = new();
    private int _tenants;

    /// <exception cref="InvalidOperationException">No test has started it.</exception>
    public TestSilo Silo => _silo ?? throw new InvalidOperationException("No silo was started.");

    /// <summary>Where SQLite's file is.</summary>
    public string Folder => _journal!.Folder;

    /// <summary>What its snapshots are kept in, across restarts.</summary>
    public SnapshotVault Vault { get; private set; } = new();

    /// <summary>Starts it, unless an earlier test has.</summary>
    public async Task StartAsync(Func<Task<TestJournal>> journal, SiloSetup setup)
    {
        if (_silo is null)
        {
            _journal = await journal();
            Vault = new SnapshotVault();

            // A machine's clock goes on while no silo runs.
            _setup = setup with { Snapshots = Vault, Clock = new ShiftedClock() };
            _silo = await TestSilo.StartAsync(_journal, _setup);
        }
    }

    /// <summary>A number that no other test on this silo was given.</summary>
    public int NextTenant() => ++_tenants;

    /// <summary>Ends the silo and starts another on the same journal.</summary>
    /// <param name="meanwhile">Given the folder of SQLite's file while no silo is open.</param>
    /// <param name="gate">Sees the calls of the new silo from the first on.</param>
    public async Task RestartAsync(Action<string>? meanwhile, CallGate? gate)
    {
        await Silo.DisposeAsync();
        meanwhile?.Invoke(Folder);
        _silo = await TestSilo.StartAsync(_journal!, _setup with { Gate = gate });
    }

    /// <summary>Ends silo and journal: the next test starts others.</summary>
    public async Task EndAsync()
    {
        if (_silo is { } silo)
        {
            _silo = null;
            await silo.DisposeAsync();
        }

        _journal?.Dispose();
        _journal = null;
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => EndAsync();
}
