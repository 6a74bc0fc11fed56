using System.ComponentModel.DataAnnotations;

namespace Aggregation.Grains;

/// <summary>How ledgers behave; checked when the host starts.</summary>
public sealed class LedgerOptions
{
    public const string SectionName = "Ledger";

    /// <summary>First wait before a failed push is tried again; doubles up to <see cref="PushRetryMax"/>. 10 ms – 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PushRetry { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest wait between two tries of a push. 10 ms – 10 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan PushRetryMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Observers hear of a ledger's changes at most this often. 1 ms – 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan NotifyInterval { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>An observer that does not subscribe again within this time is forgotten. 1 s – 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ObserverLease { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a changed ledger whose children have children writes its snapshot. 1 s – 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SnapshotInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A ledger that is not yet on a new structure after this time, and again after each such time, alarms. 100 ms – 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan SwapAlarm { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the silo asks whether another activation has taken over a ledger of its own. 10 ms – 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan EpochCheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often what this silo wrote is compared with the journal. Up to 1 day; 0 s: never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AuditInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long after ledgers with children came into memory they are compared with the journal once: longer than another
    /// silo can go on without noticing that it was superseded. Put off while they are written to, for 12 times this at most.
    /// Up to 10 min; 0 s: never.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan AuditAfterOpening { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the last entry of each stream is recorded in a checkpoint. Up to 1 day; 0 s: never.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// At its start a silo audits the forms and periods of this many last entries of the journal, and then those with every
    /// interval: they are taken to be open. 0–10,000,000; 0: none.
    /// </summary>
    [Range(0, 10_000_000)]
    public int AuditRecentEntries { get; set; } = 10_000;

    /// <summary>
    /// How long a silo that stops waits until parents hold what its ledgers have acknowledged. Nothing is lost without it; ledgers
    /// on other silos would lack it until they are audited. Up to 10 min; 0 s: not at all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// A ledger without children leaves memory as soon as its parents hold its figures; off, it stays until it is idle.
    /// </summary>
    public bool ReleaseLeaves { get; set; } = true;
}
