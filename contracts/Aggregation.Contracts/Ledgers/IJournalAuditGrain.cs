using System.Collections.Immutable;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// One audit of a tenant, step by step: every entry of its journal against the hash chains and checkpoints, what ledgers
/// count against their entries, and the ledgers' totals against the journal. The grain key is <see cref="JournalAuditKeys.Of"/>;
/// each audit has its own. Administrators only.
/// </summary>
[Alias("aggregation.IJournalAuditGrain")]
public interface IJournalAuditGrain : IGrainWithStringKey
{
    /// <summary>Goes on for some thousand entries, or for the totals of one form and period.</summary>
    /// <param name="scope">What to audit; the same in each step.</param>
    /// <param name="step">The number of the step, from 1, so that an audit which was interrupted is not taken for one that goes on.</param>
    [Alias("Next"), ResponseTimeout("00:05:00")]
    Task<AuditStep> Next(Caller caller, AuditRange scope, int step, CancellationToken cancellation);
}

/// <summary>What is audited.</summary>
/// <param name="Form">Only this form, and then only <paramref name="Period"/>; null: everything of the tenant.</param>
/// <param name="Period">Given where <paramref name="Form"/> is.</param>
[GenerateSerializer, Immutable, Alias("aggregation.AuditRange")]
public sealed record AuditRange([property: Id(0)] string? Form, [property: Id(1)] string? Period);

/// <summary>How far an audit is, and what its last step found.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.AuditStep")]
public sealed record AuditStep
{
    /// <summary>Entries read so far.</summary>
    [Id(0)] public required long Entries { get; init; }

    /// <summary>Streams read so far.</summary>
    [Id(1)] public required long Streams { get; init; }

    /// <summary>Totals compared so far, as (form, period) pairs.</summary>
    [Id(2)] public required int Ledgers { get; init; }

    [Id(3)] public ImmutableArray<JournalFault> Faults { get; init; } = [];

    [Id(4)] public ImmutableArray<LedgerDrift> Drifts { get; init; } = [];

    /// <summary>There is no further step.</summary>
    [Id(5)] public bool IsDone { get; init; }

    /// <summary>The tenant's last checkpoint: how many there are.</summary>
    [Id(6)] public long Checkpoint { get; init; }

    /// <summary>That checkpoint's hash, lower-case hexadecimal: kept elsewhere, it shows later that no checkpoint was taken back.</summary>
    [Id(7)] public string CheckpointHash { get; init; } = "";
}

/// <summary>A drift with the form and period of its ledger.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.LedgerDrift")]
public sealed record LedgerDrift([property: Id(0)] string Form, [property: Id(1)] string Period, [property: Id(2)] Drift Drift);

/// <summary>Something in the journal that is not as it was written.</summary>
/// <param name="Stream">The stream.</param>
/// <param name="Version">The first entry concerned.</param>
/// <param name="Kind">What is wrong.</param>
[GenerateSerializer, Immutable, Alias("aggregation.JournalFault")]
public sealed record JournalFault(
    [property: Id(0)] string Stream, [property: Id(1)] long Version, [property: Id(2)] JournalFaultKind Kind);

[GenerateSerializer, Alias("aggregation.JournalFaultKind")]
public enum JournalFaultKind
{
    /// <summary>The entry's contents are not those that were hashed.</summary>
    Changed,

    /// <summary>The entry was chained to another entry than the one before it.</summary>
    Unlinked,

    /// <summary>Entries before this one are missing.</summary>
    Gap,

    /// <summary>The entry with this version is not the one that a checkpoint recorded: the stream was written anew.</summary>
    Rewritten,

    /// <summary>This entry and those after it are missing: a checkpoint or the ledger's counting revision knows of them.</summary>
    CutOff,

    /// <summary>What the ledger counts was not what its entries say; it was made anew from them.</summary>
    CountingRebuilt,
}

public static class JournalAuditKeys
{
    /// <summary>The grain key of one audit.</summary>
    /// <param name="audit">Told apart from every other audit, as by a GUID.</param>
    public static string Of(string tenant, string audit) => $"journal-audit/{tenant}/{audit}";

    /// <summary>The tenant of a key that <see cref="Of"/> made.</summary>
    public static string TenantOf(string key) => key.Split('/')[1];
}
