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
    IReadOnlyList<HeadingDefinition> Headings,
    IReadOnlyList<SectionDefinition> Sections,
    IReadOnlyList<ColumnDefinition> Columns,
    IReadOnlyList<IndicatorDefinition> Indicators,
    IReadOnlyList<CheckDefinition> Checks,
    IReadOnlyList<DerivedDefinition> Derived,
    ReportDefinition? Report)
{
    /// <summary>Null: outliers are not looked for.</summary>
    public OutlierDefinition? Outliers { get; init; }

    /// <summary>Whether it may be filed before its period begins.</summary>
    public bool PlansAhead { get; init; }
}

/// <summary>A text in both languages.</summary>
internal sealed record LocalText(string Zh, string En);

/// <param name="Mark">The number printed before the name, such as （三）; empty for none.</param>
/// <param name="Under">The heading that this one stands under, or null.</param>
internal sealed record HeadingDefinition(string Code, LocalText Name, string Mark, string? Under);

/// <param name="Columns">The columns of its indicators, where they name none themselves.</param>
/// <param name="Corner">What stands over the names of rows, or null.</param>
/// <param name="Across">Whether rows are printed beside each other.</param>
internal sealed record SectionDefinition(string Code, LocalText Name, IReadOnlyList<string> Columns, LocalText? Corner, bool Across);

/// <param name="Kind">What its cells measure, where that is not as the indicator says.</param>
/// <param name="Under">The heading that it stands under, or null.</param>
internal sealed record ColumnDefinition(string Code, LocalText Name, CellKind? Kind, string? Under);

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
    IReadOnlyList<string> Columns,
    string Mark,
    string? Under);

/// <summary>Either a rule with its message, or a change check.</summary>
/// <param name="ForEach">Null: one rule. Else one for each row or column.</param>
/// <param name="Fills">Whether an empty left side may be filled in from the right one.</param>
internal sealed record CheckDefinition(
    string Id, Severity Severity, string? Rule, LocalText? Message, ChangeDefinition? Change, ForEachDefinition? ForEach, bool Fills);

/// <summary>One of the two: the rows of a section, or the columns of an indicator.</summary>
internal sealed record ForEachDefinition(string? RowsOf, string? ColumnsOf);

/// <param name="Cells">Null: all flow cells.</param>
internal sealed record ChangeDefinition(int Percent, int Number, IReadOnlyList<string>? Cells);

internal sealed record DerivedDefinition(
    string Code, LocalText Name, string Unit, string Numerator, string Denominator, int Decimals, bool Percent);

/// <summary>The report that the form is printed in.</summary>
internal sealed record ReportDefinition(LocalText Title, IReadOnlyList<ChapterDefinition> Chapters);

/// <param name="Sections">The sections whose tables stand in it; none: a chapter that the office writes.</param>
internal sealed record ChapterDefinition(LocalText Name, string Mark, IReadOnlyList<string> Sections);
