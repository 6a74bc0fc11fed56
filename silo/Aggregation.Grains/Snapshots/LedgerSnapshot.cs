using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Snapshots;

/// <summary>
/// What a ledger held of its children when it was written. Never believed: what a waking ledger takes from it must have
/// the digest that the journal has now.
/// </summary>
[GenerateSerializer, Immutable, Alias("aggregation.LedgerSnapshot")]
public sealed record LedgerSnapshot
{
    /// <summary>Content hash of the form by which the sums are laid out.</summary>
    [Id(0)] public string FormHash { get; init; } = "";

    /// <summary>The last contribution of each child that has children itself.</summary>
    [Id(1)] public ImmutableArray<Contribution> Children { get; init; } = [];

    /// <summary>The stored bytes could not be read as they were written; there is nothing in it.</summary>
    [Id(2)] public bool IsDamaged { get; init; }
}
