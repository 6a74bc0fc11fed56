using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Contracts.Tenants;

/// <summary>报表: a form as the catalogue shows it.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.FormView")]
public sealed record FormView
{
    [Id(0)] public required string Form { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>SHA-256 of the definition, lower-case hexadecimal.</summary>
    [Id(3)] public required string Hash { get; init; }

    /// <summary>year, quarter, month.</summary>
    [Id(4)] public required ImmutableArray<string> Periods { get; init; }

    [Id(5)] public required ImmutableArray<CellView> Cells { get; init; }

    [Id(6)] public required ImmutableArray<CheckView> Checks { get; init; }

    [Id(7)] public required ImmutableArray<DerivedView> Derived { get; init; }

    /// <summary>The first year in use; 0: none is set.</summary>
    [Id(8)] public int FirstYear { get; init; }

    /// <summary>The last year in use; 0: none is set.</summary>
    [Id(9)] public int LastYear { get; init; }

    [Id(10)] public ImmutableArray<SectionView> Sections { get; init; } = [];

    /// <summary>What rows and columns stand under, each after the heading that it stands under itself.</summary>
    [Id(11)] public ImmutableArray<HeadingView> Headings { get; init; } = [];

    [Id(12)] public ImmutableArray<HeadingView> Columns { get; init; } = [];

    /// <summary>The indicators in printed order.</summary>
    [Id(13)] public ImmutableArray<RowView> Rows { get; init; } = [];

    /// <summary>The report that the form is printed in; null: none.</summary>
    [Id(14)] public ReportView? Report { get; init; }
}

/// <summary>One table.</summary>
/// <param name="CornerZh">What stands over the names of rows; empty for nothing.</param>
/// <param name="IsAcross">Rows are printed beside each other, as groups of columns in one line of figures.</param>
[GenerateSerializer, Immutable, Alias("aggregation.SectionView")]
public sealed record SectionView(
    [property: Id(0)] string Code, [property: Id(1)] string NameZh, [property: Id(2)] string NameEn,
    [property: Id(3)] string CornerZh, [property: Id(4)] string CornerEn, [property: Id(5)] bool IsAcross);

/// <summary>A heading or a column.</summary>
/// <param name="Mark">The number printed before the name; empty for none.</param>
/// <param name="Under">The heading that it stands under; empty for none.</param>
[GenerateSerializer, Immutable, Alias("aggregation.HeadingView")]
public sealed record HeadingView(
    [property: Id(0)] string Code, [property: Id(1)] string NameZh, [property: Id(2)] string NameEn,
    [property: Id(3)] string Mark, [property: Id(4)] string Under);

/// <summary>A row of a section's table: its cells are <c>row:column</c> for each column, or <c>row</c> where there is none.</summary>
[GenerateSerializer, Immutable, Alias("aggregation.RowView")]
public sealed record RowView(
    [property: Id(0)] HeadingView Heading, [property: Id(1)] string Section, [property: Id(2)] ImmutableArray<string> Columns);

[GenerateSerializer, Immutable, Alias("aggregation.ReportView")]
public sealed record ReportView(
    [property: Id(0)] string TitleZh, [property: Id(1)] string TitleEn, [property: Id(2)] ImmutableArray<ChapterView> Chapters);

/// <param name="Sections">The sections whose tables stand in it; none: the office writes the chapter.</param>
[GenerateSerializer, Immutable, Alias("aggregation.ChapterView")]
public sealed record ChapterView(
    [property: Id(0)] string NameZh, [property: Id(1)] string NameEn, [property: Id(2)] string Mark,
    [property: Id(3)] ImmutableArray<string> Sections);

[GenerateSerializer, Immutable, Alias("aggregation.CellView")]
public sealed record CellView
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>Unit of measure, such as 条.</summary>
    [Id(3)] public required string Measure { get; init; }

    /// <summary>Decimals, 0–6.</summary>
    [Id(4)] public required int Scale { get; init; }

    /// <summary>flow or stock.</summary>
    [Id(5)] public required string Kind { get; init; }

    [Id(6)] public required string Section { get; init; }

    /// <summary>The cell that this one is "of which"; empty for none.</summary>
    [Id(7)] public required string Parent { get; init; }

    /// <summary>Largest figure one unit may give.</summary>
    [Id(8)] public required Amount Max { get; init; }

    /// <summary>The cells whose sum this one is, if it may be filled in from them; empty otherwise.</summary>
    [Id(9)] public ImmutableArray<string> Parts { get; init; } = [];
}

[GenerateSerializer, Immutable, Alias("aggregation.CheckView")]
public sealed record CheckView
{
    [Id(0)] public required string CheckId { get; init; }

    [Id(1)] public required Severity Severity { get; init; }

    [Id(2)] public required string Rule { get; init; }

    [Id(3)] public required string MessageZh { get; init; }

    [Id(4)] public required string MessageEn { get; init; }
}

[GenerateSerializer, Immutable, Alias("aggregation.DerivedView")]
public sealed record DerivedView
{
    [Id(0)] public required string Code { get; init; }

    [Id(1)] public required string NameZh { get; init; }

    [Id(2)] public required string NameEn { get; init; }

    /// <summary>Such as %.</summary>
    [Id(3)] public required string Measure { get; init; }

    [Id(4)] public required string Expression { get; init; }

    /// <summary>Decimals, 0–6.</summary>
    [Id(5)] public int Decimals { get; init; }
}
