using Aggregation.V1;

namespace Aggregation.Cli.Printing;

/// <summary>One section of a form as the table that is prescribed for it.</summary>
internal sealed class FormTable
{
    private readonly Form _form;
    private readonly FormSection _section;
    private readonly Language _language;
    private readonly Dictionary<string, FormCell> _cells;

    public FormTable(Form form, string section, Language language)
    {
        _form = form;
        _language = language;
        _section = form.Sections.First(each => each.Code == section);
        _cells = form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        Rows = [.. form.Rows.Where(row => row.Section == section)];
        Columns = [.. Rows.SelectMany(row => row.Columns).Distinct().Select(code => form.Columns.First(column => column.Code == code))];
        Measures = [.. form.Cells.Where(cell => cell.Section == section).Select(cell => cell.Measure).Distinct()];
    }

    public IReadOnlyList<FormRow> Rows { get; }

    /// <summary>None where the rows have one figure each.</summary>
    public IReadOnlyList<FormHeading> Columns { get; }

    public string Corner => _language.Pick(_section.CornerZh, _section.CornerEn);

    /// <summary>The section's name, with its unit of measure where it has one only.</summary>
    public string Title => _language.Pick(_section.NameZh, _section.NameEn)
        + (Measures.Count == 1 ? _language.Pick($"（单位：{Measures[0]}）", $" (unit: {Measures[0]})") : "");

    private IReadOnlyList<string> Measures { get; }

    /// <summary>The form's cell in a row and a column; empty where there is none.</summary>
    public string CodeOf(FormRow row, FormHeading? column)
    {
        var code = column is null ? row.Heading.Code : $"{row.Heading.Code}:{column.Code}";
        return _cells.ContainsKey(code) ? code : "";
    }

    /// <summary>The row's name, with its unit of measure where the table has several.</summary>
    public string NameOf(FormRow row) => _language.Label(row.Heading)
        + (Measures.Count > 1 && MeasureOf(row) is { } measure ? _language.Pick($"（{measure}）", $" ({measure})") : "");

    public TableGrid Grid() => _section.Across ? Across() : Down();

    private string? MeasureOf(FormRow row) =>
        _cells.GetValueOrDefault(CodeOf(row, Columns.Count == 0 || row.Columns.Count == 0 ? null : Columns.First(column => column.Code == row.Columns[0])))?.Measure;

    private TableGrid Down()
    {
        var stubs = new LabelTree([.. Rows.Select(row =>
        {
            var path = LabelTree.Path(_form, _language, row.Heading).ToList();
            path[^1] = path[^1] with { Text = NameOf(row) };
            return path;
        })]);
        var heads = new LabelTree([.. Columns.Select(column => LabelTree.Path(_form, _language, column))]);
        var width = stubs.Depth + Math.Max(1, Columns.Count);
        var headRows = Math.Max(heads.Depth, Corner.Length > 0 ? 1 : 0);
        var cells = new List<GridCell>();
        if (headRows > 0)
        {
            cells.Add(new GridCell(GridKind.Head, 0, 0, headRows, stubs.Depth, Corner));
        }

        cells.AddRange(heads.Spans().Select(head => new GridCell(
            GridKind.Head, head.Level, stubs.Depth + head.Start, head.Levels, head.Length, head.Text)));
        if (headRows > heads.Depth)
        {
            cells.Add(new GridCell(GridKind.Head, 0, stubs.Depth, headRows, width - stubs.Depth, _language.Pick("数量", "Figure")));
        }

        cells.AddRange(stubs.Spans().Select(stub => new GridCell(
            GridKind.Stub, headRows + stub.Start, stub.Level, stub.Length, stub.Levels, stub.Text)));
        for (var row = 0; row < Rows.Count; row++)
        {
            for (var column = 0; column < width - stubs.Depth; column++)
            {
                var code = CodeOf(Rows[row], Columns.Count == 0 ? null : Columns[column]);
                cells.Add(new GridCell(GridKind.Figure, headRows + row, stubs.Depth + column, 1, 1, "", code));
            }
        }

        return new TableGrid(width, headRows + Rows.Count, cells);
    }

    private TableGrid Across()
    {
        var places = Rows.SelectMany(row => Columns.Select(column => (Row: row, Column: column)))
            .Where(place => CodeOf(place.Row, place.Column).Length > 0).ToList();
        var names = Rows.ToDictionary(row => row, row => LabelTree.Path(_form, _language, row.Heading));
        var deepest = names.Values.Max(path => path.Count);
        var heads = new LabelTree([.. places.Select(place => (IReadOnlyList<Label>)
        [
            .. names[place.Row],
            .. Enumerable.Repeat(names[place.Row][^1] with { Continues = true }, deepest - names[place.Row].Count),
            .. LabelTree.Path(_form, _language, place.Column),
        ])]);
        var cells = heads.Spans().Select(head => new GridCell(GridKind.Head, head.Level, head.Start, head.Levels, head.Length, head.Text)).ToList();
        cells.AddRange(places.Select((place, column) => new GridCell(
            GridKind.Figure, heads.Depth, column, 1, 1, "", CodeOf(place.Row, place.Column))));
        return new TableGrid(places.Count, heads.Depth + 1, cells);
    }
}
