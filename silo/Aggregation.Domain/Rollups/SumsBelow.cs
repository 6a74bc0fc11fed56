using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Rollups;

/// <summary>What those below an office have filed, without its own figures: the sums that it could take for its own.</summary>
/// <param name="All">Everything below.</param>
/// <param name="Level">Departments and institutions directly below, with what is under them.</param>
/// <param name="Governments">Governments directly below, with what is under them.</param>
public sealed record SumsBelow(ICellValues All, ICellValues Level, ICellValues Governments);
