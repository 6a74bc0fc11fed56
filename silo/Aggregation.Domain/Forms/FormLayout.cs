using System.Collections.Immutable;

namespace Aggregation.Domain.Forms;

/// <summary>How a form is printed: its sections as tables of rows and columns, and the report that they stand in.</summary>
/// <param name="Headings">What rows and columns stand under, each after the heading that it stands under itself.</param>
/// <param name="Columns">Every column, in the order defined.</param>
/// <param name="Rows">Every indicator, in printed order.</param>
/// <param name="Report">Null where the form is part of no report.</param>
[GenerateSerializer, Immutable, Alias("aggregation.FormLayout")]
public sealed record FormLayout(
    [property: Id(0)] ImmutableArray<Heading> Headings,
    [property: Id(1)] ImmutableArray<Column> Columns,
    [property: Id(2)] ImmutableArray<Row> Rows,
    [property: Id(3)] ReportOutline? Report);

/// <summary>A heading over rows or over columns.</summary>
/// <param name="Mark">The number printed before the name, such as （三）; empty for none.</param>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Heading")]
public sealed record Heading(
    [property: Id(0)] string Code,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] string Mark,
    [property: Id(4)] string? Under);

/// <summary>A column of a table.</summary>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Column")]
public sealed record Column(
    [property: Id(0)] string Code,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] string? Under);

/// <summary>A row of a section's table: one indicator, whose cells are in <paramref name="Columns"/>, or one if that is empty.</summary>
/// <param name="Indicator">The indicator's code.</param>
/// <param name="Mark">The number printed before the name, such as 1.; empty for none.</param>
/// <param name="Under">The code of the heading that it stands under, or null.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Row")]
public sealed record Row(
    [property: Id(0)] string Indicator,
    [property: Id(1)] string NameZh,
    [property: Id(2)] string NameEn,
    [property: Id(3)] string Mark,
    [property: Id(4)] string? Under,
    [property: Id(5)] string Section,
    [property: Id(6)] ImmutableArray<string> Columns);

/// <summary>The prescribed report that a form is printed in.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.ReportOutline")]
public sealed record ReportOutline(
    [property: Id(0)] string TitleZh,
    [property: Id(1)] string TitleEn,
    [property: Id(2)] ImmutableArray<Chapter> Chapters);

/// <summary>A chapter of a report.</summary>
/// <param name="Mark">The number printed before the name, such as 三、.</param>
/// <param name="Sections">The sections whose tables stand in it; none: the office writes it.</param>
[GenerateSerializer, Immutable, Alias("aggregation.Chapter")]
public sealed record Chapter(
    [property: Id(0)] string NameZh,
    [property: Id(1)] string NameEn,
    [property: Id(2)] string Mark,
    [property: Id(3)] ImmutableArray<string> Sections);
