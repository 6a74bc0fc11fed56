using Aggregation.Domain.Forms;

namespace Aggregation.Cli.Tests.Reports;

/// <summary>Built-in forms as the catalogue sends them, as far as printing needs.</summary>
internal static class FormMessages
{
    public static readonly FormCatalog Catalog = FormCatalog.Load();

    public static V1.Form Annual { get; } = Of("2021");

    public static V1.Form Of(string id)
    {
        var form = Catalog.Get(id);
        var message = new V1.Form { Form_ = form.Id, NameZh = form.NameZh, NameEn = form.NameEn, Hash = form.ContentHash, FirstYear = form.FirstYear ?? 0 };
        message.Cells.Add(form.Cells.Select(cell => new V1.FormCell
        {
            Code = cell.Code,
            NameZh = cell.NameZh,
            NameEn = cell.NameEn,
            Measure = cell.UnitOfMeasure,
            Scale = cell.Scale,
            Section = cell.Section,
            Max = new V1.Amount { Units = cell.Max },
            Parts = { form.Fills.Where(fill => fill.Total == cell.Index).Take(1).SelectMany(fill => fill.Parts).Select(part => form.Cells[part].Code) },
        }));
        message.Derived.Add(form.Derived.Select(each => new V1.FormDerived
        {
            Code = each.Code, NameZh = each.NameZh, NameEn = each.NameEn, Measure = each.UnitOfMeasure, Decimals = each.Decimals,
        }));
        message.Sections.Add(form.Sections.Select(each => new V1.FormSection
        {
            Code = each.Code, NameZh = each.NameZh, NameEn = each.NameEn, CornerZh = each.CornerZh, CornerEn = each.CornerEn, Across = each.IsAcross,
        }));
        message.Headings.Add(form.Layout.Headings.Select(each => new V1.FormHeading
        {
            Code = each.Code, NameZh = each.NameZh, NameEn = each.NameEn, Mark = each.Mark, Under = each.Under ?? "",
        }));
        message.Columns.Add(form.Layout.Columns.Select(each => new V1.FormHeading
        {
            Code = each.Code, NameZh = each.NameZh, NameEn = each.NameEn, Under = each.Under ?? "",
        }));
        message.Rows.Add(form.Layout.Rows.Select(each => new V1.FormRow
        {
            Heading = new V1.FormHeading
            {
                Code = each.Indicator, NameZh = each.NameZh, NameEn = each.NameEn, Mark = each.Mark, Under = each.Under ?? "",
            },
            Section = each.Section,
            Columns = { each.Columns },
        }));
        if (form.Layout.Report is { } report)
        {
            message.Report = new V1.FormReport { TitleZh = report.TitleZh, TitleEn = report.TitleEn };
            message.Report.Chapters.Add(report.Chapters.Select(each => new V1.FormChapter
            {
                NameZh = each.NameZh, NameEn = each.NameEn, Mark = each.Mark, Sections = { each.Sections },
            }));
        }

        return message;
    }

    /// <summary>A total of form 2021 whose cell at place n is 1000 + n, in 万元 with a half more; the last cell is empty.</summary>
    public static V1.Total Total() => new()
    {
        Selector = new V1.TotalSelector { Unit = "360300", Form = "2021", Period = "2024", Scope = V1.Scope.Level, Layer = V1.Layer.Accepted, Tree = "territory" },
        UnitName = "样例<市>",
        Version = new V1.Version { Epoch = 3, Version_ = 7 },
        Coverage = new V1.Coverage { Expected = 12, Submitted = 10, Accepted = 9, Returned = 1, Nil = 2 },
        Digest = "00112233445566778899aabbccddeeff",
        Cells =
        {
            Annual.Cells.SkipLast(1).Select((cell, place) => new V1.CellTotal
            {
                Code = cell.Code, Amount = new V1.Amount { Units = 1000 + place, Nanos = cell.Scale > 0 ? 500_000_000 : 0 }, Count = 10,
            }),
        },
        Derived =
        {
            new V1.DerivedFigure { Code = "concluded-rate", Value = new V1.Amount { Units = 95 } },
            new V1.DerivedFigure { Code = "granted-rate" },
        },
    };
}
