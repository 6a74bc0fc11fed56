using System.Collections.Immutable;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using DomainSeverity = Aggregation.Domain.Forms.Severity;

namespace Aggregation.Grains.Tenants;

/// <summary>The forms as the catalogue shows them.</summary>
internal static class FormListing
{
    public static ImmutableArray<FormView> Of(FormCatalog catalog) => [.. catalog.Forms.Select(Of)];

    private static FormView Of(Form form) => new()
    {
        Form = form.Id,
        NameZh = form.NameZh,
        NameEn = form.NameEn,
        Hash = form.ContentHash,
        Periods = [.. form.Periods.Select(kind => kind.ToString().ToLowerInvariant())],
        Cells =
        [
            .. form.Cells.Select(cell => new CellView
            {
                Code = cell.Code,
                NameZh = cell.NameZh,
                NameEn = cell.NameEn,
                Measure = cell.UnitOfMeasure,
                Scale = cell.Scale,
                Kind = cell.Kind == CellKind.Flow ? "flow" : "stock",
                Section = cell.Section,
                Parent = cell.Parent ?? "",
                Max = new Amount(cell.Max, 0),
                Parts = [.. form.Fills.Where(fill => fill.Total == cell.Index).Take(1)
                    .SelectMany(fill => fill.Parts).Select(part => form.Cells[part].Code)],
            }),
        ],
        Checks =
        [
            .. form.Checks.Select(check => new CheckView
            {
                CheckId = check.Id,
                Severity = check.Severity == DomainSeverity.Hard ? Contracts.Ledgers.Severity.Hard : Contracts.Ledgers.Severity.Soft,
                Rule = check.Rule,
                MessageZh = check.Rule,
                MessageEn = check.Rule,
            }),
        ],
        Derived =
        [
            .. form.Derived.Select(derived => new DerivedView
            {
                Code = derived.Code,
                NameZh = derived.NameZh,
                NameEn = derived.NameEn,
                Measure = derived.UnitOfMeasure,
                Expression = $"({derived.Numerator}) / ({derived.Denominator})",
                Decimals = derived.Decimals,
            }),
        ],
        FirstYear = form.FirstYear ?? 0,
        LastYear = form.LastYear ?? 0,
        Sections = [.. form.Sections.Select(section => new SectionView(
            section.Code, section.NameZh, section.NameEn, section.CornerZh, section.CornerEn, section.IsAcross))],
        Headings = [.. form.Layout.Headings.Select(each => new HeadingView(each.Code, each.NameZh, each.NameEn, each.Mark, each.Under ?? ""))],
        Columns = [.. form.Layout.Columns.Select(each => new HeadingView(each.Code, each.NameZh, each.NameEn, "", each.Under ?? ""))],
        Rows =
        [
            .. form.Layout.Rows.Select(row => new RowView(
                new HeadingView(row.Indicator, row.NameZh, row.NameEn, row.Mark, row.Under ?? ""), row.Section, row.Columns)),
        ],
        Report = form.Layout.Report is { } report
            ? new ReportView(report.TitleZh, report.TitleEn,
                [.. report.Chapters.Select(each => new ChapterView(each.NameZh, each.NameEn, each.Mark, each.Sections))])
            : null,
    };
}
