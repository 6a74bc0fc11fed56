using System.Collections.Immutable;
using Aggregation.Contracts.Tenants;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Trails;

/// <summary>Reads a tenant's decisions from the journal; the grain key is <see cref="TenantKeys.TrailOf"/>. Holds nothing.</summary>
[Alias("aggregation.ITrailGrain")]
public interface ITrailGrain : IGrainWithStringKey
{
    /// <summary>The next entries of a report's trail, empty at its end. For whoever may read what the unit filed.</summary>
    /// <param name="after">Only entries with a higher version.</param>
    [Alias("ReadReport"), AlwaysInterleave]
    Task<ImmutableArray<TrailEntry>> ReadReport(
        Caller caller, LedgerKey ledger, ReportTrail trail, long after, CancellationToken cancellation);

    /// <summary>The next entries of what was decided on the tenant, empty at the end. For administrators.</summary>
    /// <param name="after">Only entries with a higher version.</param>
    [Alias("ReadTenant"), AlwaysInterleave]
    Task<ImmutableArray<TrailEntry>> ReadTenant(Caller caller, long after, CancellationToken cancellation);
}

[GenerateSerializer, Alias("aggregation.ReportTrail")]
public enum ReportTrail
{
    /// <summary>Submissions, withdrawals and the acts of the review.</summary>
    Report,

    /// <summary>Publications and completions, with what was decided on them.</summary>
    Publications,
}

/// <summary>An entry as it was hashed, and in words what of it is words.</summary>
/// <param name="Text">Reason, comment or statement of a decision; empty where it has none.</param>
[GenerateSerializer, Immutable, Alias("aggregation.TrailEntry")]
public sealed record TrailEntry([property: Id(0)] TransferEntry Entry, [property: Id(1)] string Text);
