namespace Aggregation.Domain.Forms.Loading;

/// <summary>Checks how a definition says that it is printed, and compiles that.</summary>
internal sealed class LayoutCompiler(FormDefinition definition, CellLayout cells, FaultList faults)
{
    private readonly Dictionary<string, HeadingDefinition> _headings = definition.Headings
        .DistinctBy(heading => heading.Code, StringComparer.Ordinal)
        .ToDictionary(heading => heading.Code, StringComparer.Ordinal);

    /// <summary>The layout; meaningless if faults have been noted.</summary>
    public FormLayout Compile()
    {
        RequireHeadingsInOrder();
        RequireColumns();
        foreach (var column in definition.Columns)
            RequireHeading($"column {column.Code}", column.Under);
        foreach (var indicator in definition.Indicators)
            RequireHeading($"cell {indicator.Code}", indicator.Under);
        return new FormLayout(
            [.. definition.Headings.Select(heading => new Heading(heading.Code, heading.Name.Zh, heading.Name.En, heading.Mark, heading.Under))],
            [.. definition.Columns.Select(column => new Column(column.Code, column.Name.Zh, column.Name.En, column.Under))],
            [.. definition.Indicators.Select(row => new Row(
                row.Code, row.Name.Zh, row.Name.En, row.Mark, row.Under, row.Section, [.. cells.ColumnsOf(row)]))],
            definition.Report is { } report ? Compile(report) : null);
    }

    private ReportOutline Compile(ReportDefinition report)
    {
        if (report.Chapters.Count == 0)
            faults.Add("report", "it has no chapter");
        var printed = report.Chapters.SelectMany(chapter => chapter.Sections).ToList();
        foreach (var section in definition.Sections)
        {
            var times = printed.Count(code => code == section.Code);
            if (times != 1)
                faults.Add("report", $"section '{section.Code}' stands in {times} chapters, not in one");
        }

        foreach (var unknown in printed.Except(definition.Sections.Select(section => section.Code), StringComparer.Ordinal))
            faults.Add("report", $"section '{unknown}' is unknown");
        return new ReportOutline(report.Title.Zh, report.Title.En,
            [.. report.Chapters.Select(chapter => new Chapter(chapter.Name.Zh, chapter.Name.En, chapter.Mark, [.. chapter.Sections]))]);
    }

    /// <summary>Each after the one that it stands under, so that there is no cycle.</summary>
    private void RequireHeadingsInOrder()
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in definition.Headings)
        {
            if (heading.Under is not null && !before.Contains(heading.Under))
                faults.Add($"heading {heading.Code}", $"'under' is '{heading.Under}', which is no heading before this one");
            before.Add(heading.Code);
        }
    }

    private void RequireColumns()
    {
        foreach (var section in definition.Sections)
        {
            foreach (var unknown in section.Columns.Where(code => definition.Columns.All(column => column.Code != code)))
                faults.Add($"section {section.Code}", $"column '{unknown}' is unknown");
        }
    }

    private void RequireHeading(string subject, string? under)
    {
        if (under is not null && !_headings.ContainsKey(under))
            faults.Add(subject, $"heading '{under}' is unknown");
    }
}
