using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Ledgers;

/// <summary>
/// What ledgers say to each other: children push absolute contributions, a waking parent pulls them. Implemented by the
/// same grain as <see cref="ILedgerGrain"/>; the gateway never calls it. A ledger calls its parent, and, only while it
/// activates, its children; it never calls a child while it serves that child's push.
/// </summary>
[Alias("aggregation.IRollupGrain")]
public interface IRollupGrain : IGrainWithStringKey
{
    [Alias("Push"), AlwaysInterleave]
    Task<PushAck> Push(Contribution contribution);

    /// <summary>The ledger's contribution to its parent in a tree, on the structure that its silo knows.</summary>
    [Alias("Pull"), AlwaysInterleave]
    Task<Contribution> Pull(string tree);

    /// <summary>
    /// As <see cref="Pull"/>, once the ledger is on this structure or a later one: from then on it pushes to no parent that
    /// it had before.
    /// </summary>
    [Alias("PullAt"), AlwaysInterleave]
    Task<Contribution> PullAt(string tree, long structureVersion);

    /// <summary>
    /// Completes when the write in progress, if there is one, is counted: the journal has an entry a little before its ledger counts it. Unlike the
    /// others this call waits its turn.
    /// </summary>
    [Alias("Written")]
    Task Written();

    /// <summary>All that the ledger holds in a tree: the unit's own part, under its own code, and its children's contributions.</summary>
    [Alias("Held"), AlwaysInterleave]
    Task<ImmutableArray<Contribution>> Parts(string tree);

    /// <summary>Gives up what is in memory, and the snapshots: the next call reads the journal.</summary>
    [Alias("Discard"), AlwaysInterleave]
    Task Discard();

    /// <summary>Completes when <paramref name="version"/> of this ledger is included at <paramref name="atUnit"/>.</summary>
    [Alias("AwaitIncluded"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<LedgerVersion> AwaitIncluded(string tree, LedgerVersion version, string atUnit, CancellationToken cancellation);

    /// <summary>Answers at once, unless the activation is to end: a ledger asks itself.</summary>
    [Alias("Ping"), AlwaysInterleave]
    Task Ping();
}

/// <summary>
/// 贡献: what a ledger hands its parent: everything it and the units under it hold, as absolute figures, never deltas.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.Contribution")]
public sealed record Contribution
{
    [Id(0)] public required string Unit { get; init; }

    [Id(1)] public required string Tree { get; init; }

    [Id(2)] public required LedgerVersion Version { get; init; }

    [Id(3)] public required long StructureVersion { get; init; }

    [Id(4)] public required LayerContribution Submitted { get; init; }

    [Id(5)] public required LayerContribution Accepted { get; init; }

    /// <summary>Without <see cref="Coverage.Expected"/>, which the structure gives.</summary>
    [Id(6)] public required Coverage Coverage { get; init; }

    /// <summary>The submission behind it, where it is exactly one unit's own.</summary>
    [Id(7)] public SubmissionSource? Source { get; init; }

    /// <summary>The units that it is made of. A parent takes it only if its structure puts exactly these under the sender.</summary>
    [Id(8)] public Membership Members { get; init; }

    /// <summary>
    /// When the oldest submission that the parent is not known to hold yet was acknowledged, in UTC ticks; 0 where that is not known. Only
    /// measured by: how fresh totals are.
    /// </summary>
    [Id(9)] public long AcknowledgedAt { get; init; }
}

/// <summary>Stands for a set of units: the sum of 128 bits per unit code; equal sums, equal sets.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.Membership")]
public readonly record struct Membership([property: Id(0)] ulong High, [property: Id(1)] ulong Low);

/// <summary>One layer of a contribution.</summary>
/// <param name="Sums">Packed sums and counts by cell.</param>
/// <param name="DigestHigh">Upper half of the set digest.</param>
/// <param name="DigestLow">Lower half of the set digest.</param>
[GenerateSerializer, Immutable, Alias("aggregation.LayerContribution")]
public sealed record LayerContribution(
    [property: Id(0)] ImmutableArray<byte> Sums, [property: Id(1)] ulong DigestHigh, [property: Id(2)] ulong DigestLow)
{
    public static LayerContribution Empty { get; } = new([], 0, 0);
}

/// <summary>A parent's answer to a push.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Parent">The parent's version that includes it, when it was included.</param>
[GenerateSerializer, Immutable, Alias("aggregation.PushAck")]
public readonly record struct PushAck(
    [property: Id(0)] PushOutcome Outcome, [property: Id(1)] LedgerVersion Parent);

[GenerateSerializer, Alias("aggregation.PushOutcome")]
public enum PushOutcome
{
    /// <summary>The parent holds this version or a later one of the same sender.</summary>
    Included,

    /// <summary>A newer activation of the sender has spoken; the sender must discard itself.</summary>
    Superseded,

    /// <summary>
    /// The parent's structure does not have the sender as a child, or puts other units under it: the sender looks at the
    /// structure again and pushes anew.
    /// </summary>
    StructureDiffers,
}
