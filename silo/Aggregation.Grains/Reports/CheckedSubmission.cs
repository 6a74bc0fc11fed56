using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Figures;

namespace Aggregation.Grains.Reports;

/// <summary>A submission read and checked: its vectors, and what the checks found.</summary>
internal sealed record CheckedSubmission(Figures Figures, Figures? Narrative, ImmutableArray<CheckFinding> Findings);
