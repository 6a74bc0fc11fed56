namespace Aggregation.Gateway.Limits;

/// <summary>
/// What one tenant, and one key or token's user within it, may take at once. Beyond it calls are RESOURCE_EXHAUSTED with the time
/// after which to try again. Checked at start; a value out of range stops the host.
/// </summary>
public sealed class LimitOptions
{
    public const string SectionName = "Limits";

    /// <summary>Of each tenant. Default: far above what an administration of 15,000 units sends, and below what takes a server down.</summary>
    public LimitSet Tenant { get; set; } = new()
    {
        RequestsPerSecond = 20_000, InFlight = 4_000, CellsPerSecond = 2_000_000, Watches = 2_000,
    };

    /// <summary>Of each key, or token's user. Default: half of a tenant's.</summary>
    public LimitSet Key { get; set; } = new()
    {
        RequestsPerSecond = 10_000, InFlight = 2_000, CellsPerSecond = 1_000_000, Watches = 1_000,
    };

    /// <summary>Of tenants named here, in place of <see cref="Tenant"/>.</summary>
    public Dictionary<string, LimitSet> Tenants { get; } = [];

    /// <summary>
    /// How long a refusal by rate or number is held back, 0 to 10 s, so that a client that asks again at once does not keep the server
    /// busy with refusing. Default 50 ms.
    /// </summary>
    public TimeSpan RefusalDelay { get; set; } = TimeSpan.FromMilliseconds(50);
}

/// <summary>One set of limits.</summary>
public sealed class LimitSet
{
    /// <summary>Calls and submissions of batches in a second, over time; 0.001 to 1,000,000. As many as two seconds' worth may come at once.</summary>
    public double RequestsPerSecond { get; set; } = 20_000;

    /// <summary>Calls under way, but for watches; 1 to 1,000,000.</summary>
    public int InFlight { get; set; } = 4_000;

    /// <summary>Cells, of tables and narratives, in a second, over time; 0.001 to 1,000,000,000. As many as two seconds' worth may come at once, and always one submission.</summary>
    public double CellsPerSecond { get; set; } = 2_000_000;

    /// <summary>Streams of calls named Watch…; 0 to 1,000,000.</summary>
    public int Watches { get; set; } = 2_000;
}
