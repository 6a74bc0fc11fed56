namespace Aggregation.Grains.Tests.Epochs;

/// <summary>Two silos on one journal that do not know of each other, and look for each other's ledgers when a test says so.</summary>
public sealed class SplitSilos : IAsyncLifetime
{
    private TestJournal? _journal;
    private TestSilo? _one;
    private TestSilo? _two;
    private int _tenants;

    /// <summary>Either of such a pair.</summary>
    public static SiloSetup Setup { get; } = new()
    {
        Settings = new Dictionary<string, string> { ["EpochCheckInterval"] = "00:01:00", ["AuditInterval"] = "00:00:00" }, SharesJournal = true,
    };

    /// <summary>Starts them, unless an earlier test has.</summary>
    public async Task<(TestSilo One, TestSilo Two)> StartAsync(Func<Task<TestJournal>> journal)
    {
        _journal ??= await journal();
        _one ??= await TestSilo.StartAsync(_journal, Setup);
        _two ??= await TestSilo.StartAsync(_journal, Setup);
        return (_one, _two);
    }

    /// <summary>The name of a tenant that no other test has.</summary>
    public string NextTenant() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"south{++_tenants}");

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        foreach (var silo in new[] { _one, _two }.OfType<TestSilo>())
        {
            await silo.DisposeAsync();
        }

        _journal?.Dispose();
    }
}
