using System.Collections.Immutable;

namespace Aggregation.Domain.Forms;

/// <summary>How a form is printed: its sections as tables of rows and columns, and the report that they stand in.</summary>
/// <param name="Headings">What rows and columns stand under, each after the heading that it stands under itself.</param>
/// <param name="Columns">Every column, in the order defined.</param>
/// <param name="Rows">Every indicator, in printed order.</param>
/// <param name="Report">Null where the form is part of no report.</param>
public sealed record FormLayout(
    ImmutableArray<Heading> Headings, ImmutableArray<Column> Columns, ImmutableArray<Row> Rows, ReportOutline? Report);

/// <summary>A heading over rows or over columns.</summary>
/// <param name="Mark">The number printed before the name, such as （三）; empty for none.</param>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
public sealed record Heading(string Code, string NameZh, string NameEn, string Mark, string? Under);

/// <summary>A column of a table.</summary>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
public sealed record Column(string Code, string NameZh, string NameEn, string? Under);

/// <summary>A row of a section's table: one indicator, whose cells are in <paramref name="Columns"/>, or one if that is empty.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Mark">The number printed before the name, such as 1.; empty for none.</param>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
public sealed record Row(
    string Indicator, string NameZh, string NameEn, string Mark, string? Under, string Section, ImmutableArray<string> Columns);

/// <summary>The prescribed report that a form is printed in.</summary>
public sealed record ReportOutline(string TitleZh, string TitleEn, ImmutableArray<Chapter> Chapters);

/// <summary>A chapter of a report.</summary>
/// <param name="Mark">The number printed before the name, such as 三、.</param>
/// <param name="Sections">The sections whose tables stand in it; none: the office writes it.</param>
public sealed record Chapter(string NameZh, string NameEn, string Mark, ImmutableArray<string> Sections);
