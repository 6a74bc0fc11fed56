using System.Collections.Immutable;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;

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
        Periods = [.. form.Periods],
        Cells =
        [
            .. form.Cells.Select(cell => new CellView(cell,
                [.. form.Fills.Where(fill => fill.Total == cell.Index).Take(1)
                    .SelectMany(fill => fill.Parts).Select(part => form.Cells[part].Code)])),
        ],
        Checks =
        [
            .. form.Checks.Select(check => new CheckView
            {
                CheckId = check.Id,
                Severity = check.Severity,
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
        Sections = form.Sections,
        Layout = form.Layout,
        PlansAhead = form.PlansAhead,
    };
}
