using System.Collections.Immutable;

namespace Aggregation.Domain.Structure;

/// <summary>What became of an import: either a structure and no faults, or faults and no structure.</summary>
/// <param name="Structure">The next version of the structure; null when there are faults.</param>
/// <param name="Units">Units that the tree did not have, in the order of the file; empty when there are faults.</param>
/// <param name="Unchanged">Lines that say of a unit what the tree has.</param>
/// <param name="Differing">Lines that say something else of a unit of the tree; each such value is a fault.</param>
/// <param name="Faults">Every broken rule, in the order of the file's lines.</param>
public sealed record ImportResult(
    AdministrativeStructure? Structure, ImmutableArray<Unit> Units, int Unchanged, int Differing, ImmutableArray<ImportFault> Faults)
{
    /// <summary>How many units the tree did not have.</summary>
    public int Added => Units.Length;
}
