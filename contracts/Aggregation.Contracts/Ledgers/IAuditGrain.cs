using System.Collections.Immutable;
using Aggregation.Domain.Rollups;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// Compares what the ledgers of one tenant, form and period hold with the journal, by set digests, and repairs what differs.
/// The grain key is an <see cref="AuditKey"/>. Called by the silo, never by a user.
/// </summary>
[Alias("aggregation.IAuditGrain")]
public interface IAuditGrain : IGrainWithStringKey
{
    /// <summary>
    /// The units whose totals differed and stayed so with nothing on its way to them; empty where all was well. A total that
    /// differs only because one below it does is left out. Each was read anew from the journal.
    /// </summary>
    [Alias("Audit"), ResponseTimeout("00:05:00")]
    Task<ImmutableArray<Drift>> Audit(CancellationToken cancellation);
}

/// <summary>A total that did not hold what the journal says.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Drift")]
public sealed record Drift
{
    /// <summary>The unit whose <see cref="Scope.Region"/> differed.</summary>
    [Id(0)] public required string Unit { get; init; }

    /// <summary>The layer that differed.</summary>
    [Id(1)] public required Layer Layer { get; init; }

    /// <summary>Set digest of what its ledger held, 32 hexadecimal digits.</summary>
    [Id(2)] public required string Held { get; init; }

    /// <summary>Set digest of what the journal has.</summary>
    [Id(3)] public required string Expected { get; init; }

    [Id(4)] public required string Tree { get; init; }

    /// <summary>What it held too much or did not hold, as far as it can be told.</summary>
    [Id(5)] public ImmutableArray<Difference> Differences { get; init; } = [];

    /// <summary>After the repair the total holds what the journal has.</summary>
    [Id(6)] public bool IsRepaired { get; init; }
}

/// <summary>One thing that made a total differ.</summary>
/// <param name="Unit">Whose figures they are.</param>
/// <param name="Kind">What was wrong with them.</param>
/// <param name="Revision">The revision, from 1; 0 where no single one can be told.</param>
/// <param name="Hash">Hash of that revision's entry, lower-case hexadecimal; empty where there is none.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Difference")]
public sealed record Difference(
    [property: Id(0)] string Unit, [property: Id(1)] DifferenceKind Kind, [property: Id(2)] long Revision, [property: Id(3)] string Hash);

[GenerateSerializer, Alias("aggregation.DifferenceKind")]
public enum DifferenceKind
{
    /// <summary>The total did not hold this revision.</summary>
    Missing,

    /// <summary>The total held this revision, which does not count.</summary>
    Extra,

    /// <summary>The total held other figures for this revision than were filed.</summary>
    Altered,

    /// <summary>The total held an older state of this unit's own total, or none; which submissions that concerns cannot be told.</summary>
    Outdated,

    /// <summary>The total was right; what the journal's table of counting revisions said of this unit was not.</summary>
    Stored,
}

/// <summary>Names what one audit looks at. The text form contains '/', like every key of ours.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.AuditKey")]
public readonly record struct AuditKey(
    [property: Id(0)] string Tenant, [property: Id(1)] string Form, [property: Id(2)] string Period)
{
    public override string ToString() => $"audit/{Tenant}/{Form}/{Period}";

    /// <summary>Reads a grain key back.</summary>
    /// <exception cref="FormatException">The text is not an audit key.</exception>
    public static AuditKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts is ["audit", var tenant, var form, var period]
            ? new AuditKey(tenant, form, period)
            : throw new FormatException($"'{text}' is not an audit key: audit/tenant/form/period.");
    }
}
