using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Mapping;

/// <summary>Forms from the contracts to the wire.</summary>
internal static class FormMapping
{
    public static V1.Form Form(FormView form)
    {
        var reply = new V1.Form { Form_ = form.Form, NameZh = form.NameZh, NameEn = form.NameEn, Hash = form.Hash };
        reply.Periods.AddRange(form.Periods);
        foreach (var cell in form.Cells)
        {
            reply.Cells.Add(new V1.FormCell
            {
                Code = cell.Code,
                NameZh = cell.NameZh,
                NameEn = cell.NameEn,
                Measure = cell.Measure,
                Scale = cell.Scale,
                Kind = cell.Kind,
                Section = cell.Section,
                Parent = cell.Parent,
                Max = LedgerMapping.Amount(cell.Max),
                Parts = { cell.Parts },
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

        foreach (var heading in form.Headings)
        {
            reply.Headings.Add(Heading(heading));
        }

        foreach (var column in form.Columns)
        {
            reply.Columns.Add(Heading(column));
        }

        foreach (var row in form.Rows)
        {
            reply.Rows.Add(new V1.FormRow { Heading = Heading(row.Heading), Section = row.Section, Columns = { row.Columns } });
        }

        if (form.Report is not { } report)
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

    private static V1.FormHeading Heading(HeadingView heading) => new()
    {
        Code = heading.Code,
        NameZh = heading.NameZh,
        NameEn = heading.NameEn,
        Mark = heading.Mark,
        Under = heading.Under,
    };
}
