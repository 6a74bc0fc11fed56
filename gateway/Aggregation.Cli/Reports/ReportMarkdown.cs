using System.Text;
using Aggregation.Cli.Printing;
using Aggregation.V1;

namespace Aggregation.Cli.Reports;

/// <summary>The report as Markdown. Its tables have no merged cells, so headings of rows stand in lines of their own.</summary>
internal static class ReportMarkdown
{
    public static string Write(AnnualReport report)
    {
        var text = new StringBuilder();
        Line(text, $"# {Escape(report.Title)}");
        foreach (var note in report.Notes)
        {
            text.Append("> ").Append(Escape(note)).Append("  \n");
        }

        if (report.Missing > 0)
        {
            text.Append("> **").Append(Escape(report.MissingNote)).Append("**  \n");
        }

        text.Append('\n');
        foreach (var chapter in report.Chapters)
        {
            Write(text, report, chapter);
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, AnnualReport report, FormChapter chapter)
    {
        Line(text, $"## {Escape(report.HeadingOf(chapter))}");
        if (chapter.Sections.Count == 0)
        {
            Line(text, $"*{report.ToWrite}*");
            if (chapter == report.Chapters[0] && report.Rates.Count > 0)
            {
                Line(text, report.RatesIntroduction);
                Line(text, string.Join('\n', report.Rates.Select(rate => $"- {Escape(rate)}")));
            }
        }

        foreach (var section in chapter.Sections)
        {
            var table = report.TableOf(section);
            Line(text, $"**{Escape(table.Title)}**");
            Write(text, report, table);
        }
    }

    private static void Write(StringBuilder text, AnnualReport report, FormTable table)
    {
        IReadOnlyList<FormHeading?> columns = table.Columns.Count == 0 ? [null] : [.. table.Columns];
        Row(text, table.Corner, columns.Select(column => column is null ? report.Language.Pick("数量", "Figure") : report.Language.Name(column)));
        text.Append('|').Append(" --- |");
        text.Insert(text.Length, " ---: |", columns.Count).Append('\n');
        IReadOnlyList<Label> above = [];
        foreach (var row in table.Rows)
        {
            var path = LabelTree.Path(report.Form, report.Language, row.Heading);
            for (var level = 0; level < path.Count - 1; level++)
            {
                if (!path.Take(level + 1).SequenceEqual(above.Take(level + 1)))
                {
                    Row(text, Indent(level) + path[level].Text, columns.Select(_ => ""));
                }
            }

            Row(text, Indent(path.Count - 1) + table.NameOf(row), columns.Select(column => report.FigureOf(table.CodeOf(row, column))));
            above = path;
        }

        text.Append('\n');
    }

    private static string Indent(int level) => new('\u3000', level);

    private static void Row(StringBuilder text, string name, IEnumerable<string> figures)
    {
        text.Append("| ").Append(Escape(name)).Append(" |");
        foreach (var figure in figures)
        {
            text.Append(' ').Append(Escape(figure)).Append(" |");
        }

        text.Append('\n');
    }

    private static void Line(StringBuilder text, string line) => text.Append(line).Append("\n\n");

    /// <summary>A name is text, whatever characters it has.</summary>
    private static string Escape(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var character in name)
        {
            if (character is '\n' or '\r')
            {
                text.Append(' ');
                continue;
            }

            if (character is '\\' or '|' or '*' or '_' or '`' or '<' or '>' or '[' or ']' or '#')
            {
                text.Append('\\');
            }

            text.Append(character);
        }

        return text.ToString();
    }
}
