using System.Collections.Immutable;

namespace Aggregation.Domain.Forms;

/// <summary>A check that does not hold for given figures.</summary>
/// <param name="CheckId">Stable within the form; an explanation is given for it.</param>
/// <param name="Cells">The codes of the cells concerned, in the order of the rule.</param>
/// <param name="Value">What was found, with the cells' decimals.</param>
/// <param name="Rule">What should hold, as text.</param>
public sealed record Finding(
    string CheckId,
    Severity Severity,
    ImmutableArray<string> Cells,
    string Value,
    string Rule,
    string MessageZh,
    string MessageEn);
