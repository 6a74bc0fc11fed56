using System.Collections.Immutable;

namespace Aggregation.Domain.Structure.Changes;

/// <summary>What became of a list of changes: either a structure and no faults, or faults and no structure.</summary>
/// <param name="Structure">The next version of the structure; null when there are faults.</param>
/// <param name="From">The earliest day on which anything changes; meaningless when there are faults.</param>
/// <param name="Until">The day on which the last of them takes effect; meaningless when there are faults.</param>
/// <param name="Faults">Every broken rule, in the order of lines.</param>
public sealed record RestructureResult(AdministrativeStructure? Structure, DateOnly From, DateOnly Until, ImmutableArray<ImportFault> Faults);
