using System.Collections.Immutable;

namespace Aggregation.Domain.Structure;

/// <summary>What became of an import: either a structure and no faults, or faults and no structure.</summary>
/// <param name="Structure">The next version of the structure; null when there are faults.</param>
/// <param name="Added">Units that the tree did not have; 0 when there are faults.</param>
/// <param name="Unchanged">Units that the tree had already, renamed ones included; 0 when there are faults.</param>
/// <param name="Faults">Every broken rule, in the order of the file's lines.</param>
public sealed record ImportResult(
    AdministrativeStructure? Structure, int Added, int Unchanged, ImmutableArray<ImportFault> Faults);
