using System.Collections.Immutable;

namespace Aggregation.Domain.Tasks;

/// <summary>Units that share a last day.</summary>
public sealed record DeadlineGroup(DateOnly Deadline, ImmutableArray<string> Units);
