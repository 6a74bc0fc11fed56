using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>A definition as written, before its parts are checked against each other.</summary>
internal sealed record FormDefinition(
    string Id,
    LocalText Name,
    IReadOnlyList<PeriodKind> Periods,
    int? FirstYear,
    int? LastYear,
    long Max,
    IReadOnlyList<SectionDefinition> Sections,
    IReadOnlyList<ColumnDefinition> Columns,
    IReadOnlyList<IndicatorDefinition> Indicators,
    IReadOnlyList<CheckDefinition> Checks,
    IReadOnlyList<DerivedDefinition> Derived);

/// <summary>A text in both languages.</summary>
internal sealed record LocalText(string Zh, string En);

internal sealed record SectionDefinition(string Code, LocalText Name);

/// <param name="Kind">What its cells measure, where that is not as the indicator says.</param>
internal sealed record ColumnDefinition(string Code, LocalText Name, CellKind? Kind);

/// <param name="Columns">Codes of the columns it has; none: the indicator itself is the cell.</param>
internal sealed record IndicatorDefinition(
    string Code,
    LocalText Name,
    string Section,
    string Unit,
    int Scale,
    CellKind Kind,
    string? Parent,
    long? Max,
    IReadOnlyList<string> Columns);

/// <summary>Either a rule with its message, or a change check.</summary>
internal sealed record CheckDefinition(string Id, Severity Severity, string? Rule, LocalText? Message, ChangeDefinition? Change);

/// <param name="Cells">Null: all flow cells.</param>
internal sealed record ChangeDefinition(int Percent, int Number, IReadOnlyList<string>? Cells);

internal sealed record DerivedDefinition(
    string Code, LocalText Name, string Unit, string Numerator, string Denominator, int Decimals, bool Percent);
