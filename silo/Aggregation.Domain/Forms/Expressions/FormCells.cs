using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Expressions;

/// <summary>What a rule may name of a form.</summary>
/// <param name="Id">The form's code.</param>
/// <param name="Cells">In dense order.</param>
/// <param name="ByCode">The same by code.</param>
/// <param name="Periods">The kinds of period that it is reported for.</param>
internal sealed record FormCells(
    string Id, IReadOnlyList<Cell> Cells, IReadOnlyDictionary<string, Cell> ByCode, IReadOnlyList<PeriodKind> Periods);
