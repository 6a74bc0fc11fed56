using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Periods;

namespace Aggregation.Gateway.Mapping;

/// <summary>Forms from the contracts to the wire.</summary>
internal static class FormMapping
{
    public static V1.Form Form(FormView form)
    {
        var reply = new V1.Form { Form_ = form.Form, NameZh = form.NameZh, NameEn = form.NameEn, Hash = form.Hash, PlansAhead = form.PlansAhead };
        reply.Periods.AddRange(form.Periods.Select(Word));
        foreach (var (cell, parts) in form.Cells)
        {
            reply.Cells.Add(new V1.FormCell
            {
                Code = cell.Code,
                NameZh = cell.NameZh,
                NameEn = cell.NameEn,
                Measure = cell.UnitOfMeasure,
                Scale = cell.Scale,
                Kind = cell.Kind == CellKind.Flow ? "flow" : "stock",
                Section = cell.Section,
                Parent = cell.Parent ?? "",
                Max = LedgerMapping.Amount(new Amount(cell.Max, 0)),
                Parts = { parts },
            });
        }

        foreach (var check in form.Checks)
        {
            reply.Checks.Add(new V1.FormCheck
            {
                CheckId = check.CheckId,
                Severity = SubmissionMapping.SeverityOf(check.Severity),
                Rule = check.Rule,
                MessageZh = check.MessageZh,
                MessageEn = check.MessageEn,
            });
        }

        foreach (var derived in form.Derived)
        {
            reply.Derived.Add(new V1.FormDerived
            {
                Code = derived.Code,
                NameZh = derived.NameZh,
                NameEn = derived.NameEn,
                Measure = derived.Measure,
                Expression = derived.Expression,
                Decimals = derived.Decimals,
            });
        }

        AddLayout(reply, form);
        return reply;
    }

    private static void AddLayout(V1.Form reply, FormView form)
    {
        reply.FirstYear = form.FirstYear;
        reply.LastYear = form.LastYear;
        foreach (var section in form.Sections)
        {
            reply.Sections.Add(new V1.FormSection
            {
                Code = section.Code,
                NameZh = section.NameZh,
                NameEn = section.NameEn,
                CornerZh = section.CornerZh,
                CornerEn = section.CornerEn,
                Across = section.IsAcross,
            });
        }

        foreach (var heading in form.Layout.Headings)
        {
            reply.Headings.Add(Heading(heading.Code, heading.NameZh, heading.NameEn, heading.Mark, heading.Under));
        }

        foreach (var column in form.Layout.Columns)
        {
            reply.Columns.Add(Heading(column.Code, column.NameZh, column.NameEn, "", column.Under));
        }

        foreach (var row in form.Layout.Rows)
        {
            reply.Rows.Add(new V1.FormRow
            {
                Heading = Heading(row.Indicator, row.NameZh, row.NameEn, row.Mark, row.Under),
                Section = row.Section,
                Columns = { row.Columns },
            });
        }

        if (form.Layout.Report is not { } report)
        {
            return;
        }

        reply.Report = new V1.FormReport { TitleZh = report.TitleZh, TitleEn = report.TitleEn };
        foreach (var chapter in report.Chapters)
        {
            reply.Report.Chapters.Add(new V1.FormChapter
            {
                NameZh = chapter.NameZh,
                NameEn = chapter.NameEn,
                Mark = chapter.Mark,
                Sections = { chapter.Sections },
            });
        }
    }

    private static V1.FormHeading Heading(string code, string nameZh, string nameEn, string mark, string? under) => new()
    {
        Code = code,
        NameZh = nameZh,
        NameEn = nameEn,
        Mark = mark,
        Under = under ?? "",
    };

    private static string Word(PeriodKind kind) => kind switch
    {
        PeriodKind.Year => "year",
        PeriodKind.Quarter => "quarter",
        _ => "month",
    };
}
