using Aggregation.Contracts.Ledgers;
using Orleans.Concurrency;

namespace Aggregation.Contracts.Drafts;

/// <summary>
/// 草稿: what a unit is writing for one form and period; the grain key is the <see cref="LedgerKey"/>. Kept, shared by all who
/// may submit for the unit, and counted nowhere. No check is run but whether the form has the cells.
/// </summary>
[Alias("aggregation.IDraftGrain")]
public interface IDraftGrain : IGrainWithStringKey
{
    /// <summary>Keeps the draft in place of the one before. The content's request id and expected revision are not kept.</summary>
    /// <param name="expectedVersion">The version that this one replaces (0: none yet); null: whatever is there.</param>
    [Alias("Save")]
    Task<DraftView> Save(Caller caller, SubmitCommand content, long? expectedVersion, CancellationToken cancellation);

    /// <summary>The draft as it was saved last.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<DraftView> Get(Caller caller, CancellationToken cancellation);

    /// <summary>Throws the draft away; without effect where there is none.</summary>
    [Alias("Discard")]
    Task Discard(Caller caller, CancellationToken cancellation);

    /// <summary>Throws the draft away, unless it is at another version than this.</summary>
    [Alias("DiscardVersion")]
    Task DiscardVersion(Caller caller, long version, CancellationToken cancellation);
}

/// <summary>A draft as it was saved.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.DraftView")]
public sealed record DraftView
{
    [Id(0)] public required LedgerKey Ledger { get; init; }

    [Id(1)] public required SubmitCommand Content { get; init; }

    /// <summary>Grows with every save and discard.</summary>
    [Id(2)] public required long Version { get; init; }

    [Id(3)] public required DateTimeOffset At { get; init; }

    /// <summary>Identifier of the key that saved it.</summary>
    [Id(4)] public required string Actor { get; init; }
}
