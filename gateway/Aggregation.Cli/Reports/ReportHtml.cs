using System.Globalization;
using System.Net;
using System.Text;
using Aggregation.Cli.Printing;
using Aggregation.V1;

namespace Aggregation.Cli.Reports;

/// <summary>The report as one HTML page without scripts or outside parts, that prints on A4. It is well-formed XML too.</summary>
internal static class ReportHtml
{
    /// <summary>Tables of so many columns are printed smaller.</summary>
    private const int WideFrom = 12;

    private const string Style = """
        @page { size: A4; margin: 20mm 15mm; }
        body { font: 12pt/1.6 "FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", serif; color: #000; margin: 2em auto; max-width: 190mm; }
        h1 { font-size: 20pt; text-align: center; line-height: 1.4; }
        h2 { font-size: 14pt; break-after: avoid; }
        table { border-collapse: collapse; width: 100%; margin: .6em 0 1.2em; font-size: 9pt; line-height: 1.35; }
        th, td { border: .5pt solid #000; padding: 2pt 3pt; vertical-align: middle; }
        th { font-weight: normal; overflow-wrap: anywhere; }
        th[scope=row] { text-align: left; }
        th.title { font-weight: bold; text-align: center; }
        td { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; min-width: 2.2em; }
        .wide { table-layout: fixed; font-size: 7.5pt; }
        .wide th, .wide td { padding: 2pt 1pt; min-width: 0; text-align: center; }
        .wide td { white-space: normal; overflow-wrap: anywhere; }
        tr { break-inside: avoid; }
        .notes { font-size: 9pt; color: #444; border-top: .5pt solid #999; border-bottom: .5pt solid #999; padding: .3em 0; margin: 1em 0; }
        .missing { color: #a00; font-weight: bold; }
        .to-write { border: 1pt dashed #888; padding: .8em; color: #666; min-height: 3em; }
        @media print { body { margin: 0; max-width: none; } .notes { color: #000; } }
        """;

    public static string Write(AnnualReport report)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"<!DOCTYPE html>\n<html lang=\"{report.Language.Tag}\">\n<head>\n<meta charset=\"utf-8\" />\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width\" />\n");
        page.Append(CultureInfo.InvariantCulture, $"<title>{Encode(report.Title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n");
        page.Append(CultureInfo.InvariantCulture, $"<h1>{Encode(report.Title)}</h1>\n<div class=\"notes\">\n");
        foreach (var note in report.Notes)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div>{Encode(note)}</div>\n");
        }

        if (report.Missing > 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<div class=\"missing\">{Encode(report.MissingNote)}</div>\n");
        }

        page.Append("</div>\n");
        foreach (var chapter in report.Chapters)
        {
            Write(page, report, chapter);
        }

        return page.Append("</body>\n</html>\n").ToString();
    }

    private static void Write(StringBuilder page, AnnualReport report, FormChapter chapter)
    {
        page.Append(CultureInfo.InvariantCulture, $"<section>\n<h2>{Encode(report.HeadingOf(chapter))}</h2>\n");
        if (chapter.Sections.Count == 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p class=\"to-write\">{Encode(report.ToWrite)}</p>\n");
            if (chapter == report.Chapters[0] && report.Rates.Count > 0)
            {
                page.Append(CultureInfo.InvariantCulture, $"<p>{Encode(report.RatesIntroduction)}</p>\n<ul>\n");
                foreach (var rate in report.Rates)
                {
                    page.Append(CultureInfo.InvariantCulture, $"<li>{Encode(rate)}</li>\n");
                }

                page.Append("</ul>\n");
            }
        }
        else
        {
            Write(page, report, ChapterGrid.Of(report.Form, chapter.Sections, report.Language));
        }

        page.Append("</section>\n");
    }

    private static void Write(StringBuilder page, AnnualReport report, TableGrid grid)
    {
        page.Append(grid.Width < WideFrom ? "<table>\n" : "<table class=\"wide\">\n");
        foreach (var row in grid.Rows)
        {
            page.Append("<tr>");
            foreach (var cell in row)
            {
                var (open, close) = cell.Kind switch
                {
                    GridKind.Title => ("<th class=\"title\" scope=\"colgroup\"", "</th>"),
                    GridKind.Head => ("<th scope=\"col\"", "</th>"),
                    GridKind.Stub => ("<th scope=\"row\"", "</th>"),
                    _ => ("<td", "</td>"),
                };
                page.Append(open);
                Span(page, "rowspan", cell.RowSpan);
                Span(page, "colspan", cell.ColumnSpan);
                page.Append('>').Append(Encode(cell.Kind == GridKind.Figure ? report.FigureOf(cell.Code) : cell.Text)).Append(close);
            }

            page.Append("</tr>\n");
        }

        page.Append("</table>\n");
    }

    private static void Span(StringBuilder page, string name, int span)
    {
        if (span > 1)
        {
            page.Append(CultureInfo.InvariantCulture, $" {name}=\"{span}\"");
        }
    }

    /// <summary>Control characters, which no HTML may hold, are left out.</summary>
    private static string Encode(string text) => WebUtility.HtmlEncode(string.Concat(text.Where(character => !char.IsControl(character))));
}
