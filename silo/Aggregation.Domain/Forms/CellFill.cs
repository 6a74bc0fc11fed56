using System.Collections.Immutable;

namespace Aggregation.Domain.Forms;

/// <summary>A total that can be filled in: where a report leaves it empty and gives any of its parts, it is their sum.</summary>
/// <param name="Total">The place of the total.</param>
/// <param name="Parts">The places of the cells it is the sum of; all have its scale.</param>
public sealed record CellFill(int Total, ImmutableArray<int> Parts);
