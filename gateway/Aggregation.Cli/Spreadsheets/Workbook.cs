using System.Globalization;
using System.Text;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Reads what the sheets of an .xlsx file hold. It reads the few parts that matter with a forward reader, because files
/// come from anybody.
/// </summary>
/// <remarks>
/// Not with the reader of DocumentFormat.OpenXml, which writes the templates. Of 3.3.0, as measured: a faulty part can end the
/// process, where this one refuses the file; text ends at a comment or where a CDATA section ends, so that 12 written as
/// 1&lt;!-- --&gt;2 is 1; a text table that [Content_Types].xml does not name, and a file without that part, are not opened; its
/// bound is for one part and not for all.
/// </remarks>
internal sealed class Workbook
{
    private const int MostSheets = 64;
    private const int MostCells = 100_000;

    private readonly WorkbookParts _parts;
    private readonly List<string> _strings = [];
    private readonly List<Sheet> _sheets = [];
    private int _cells;

    private Workbook(WorkbookParts parts) => _parts = parts;

    /// <summary>The sheets in their order, each with its cells.</summary>
    /// <exception cref="WorkbookException">The file is faulty or over a bound.</exception>
    public static IReadOnlyList<Sheet> Read(byte[] file)
    {
        using var parts = new WorkbookParts(file);
        var workbook = new Workbook(parts);
        workbook.Read();
        return workbook._sheets;
    }

    private void Read()
    {
        var main = Relations("_rels/.rels", "").FirstOrDefault(relation => relation.Type.EndsWith("/officeDocument", StringComparison.Ordinal))?.Target
            ?? throw new WorkbookException("it is no .xlsx workbook");
        var slash = main.LastIndexOf('/');
        var folder = slash < 0 ? "" : main[..(slash + 1)];
        var relations = Relations($"{folder}_rels/{main[folder.Length..]}.rels", folder);
        if (relations.FirstOrDefault(relation => relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)) is { } shared)
        {
            _parts.Read(shared.Target, ReadStrings);
        }

        var sheets = new List<(string Name, string Id)>();
        if (!_parts.Read(main, reader => ReadSheetNames(reader, sheets)) || sheets.Count > MostSheets)
        {
            throw new WorkbookException($"it has no sheets, or more than {MostSheets}");
        }

        foreach (var (name, id) in sheets)
        {
            if (relations.FirstOrDefault(relation => relation.Id == id) is { } relation)
            {
                _parts.Read(relation.Target, reader => ReadSheet(name, reader));
            }
        }
    }

    private List<Relation> Relations(string path, string folder)
    {
        var relations = new List<Relation>();
        _parts.Read(path, reader =>
        {
            while (reader.Read())
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" })
                {
                    var target = reader.GetAttribute("Target") ?? "";
                    relations.Add(new Relation(
                        reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "",
                        target.StartsWith('/') ? target[1..] : folder + target));
                }
            }
        });
        return relations;
    }

    private static void ReadSheetNames(XmlReader reader, List<(string Name, string Id)> sheets)
    {
        while (reader.Read())
        {
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "sheet" })
            {
                continue;
            }

            var name = reader.GetAttribute("name") ?? "";
            var id = "";
            while (reader.MoveToNextAttribute())
            {
                id = reader.LocalName == "id" ? reader.Value : id;
            }

            sheets.Add((name, id));
        }
    }

    private void ReadStrings(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                _strings.Add(RichText(reader));
            }
        }
    }

    private void ReadSheet(string name, XmlReader reader)
    {
        var cells = new Dictionary<SheetPlace, SheetCell>();
        var merged = new List<(SheetPlace, SheetPlace)>();
        var (row, column) = (-1, -1);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            switch (reader.LocalName)
            {
                case "row":
                    row = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number - 1 : row + 1;
                    column = -1;
                    break;
                case "c":
                    var place = SheetPlace.Parse(reader.GetAttribute("r")) ?? new SheetPlace(row, column + 1);
                    column = place.Column;
                    if (ReadCell(reader) is { } cell)
                    {
                        cells[place] = cell;
                        RequireFewCells();
                    }

                    break;
                case "mergeCell":
                    var ends = (reader.GetAttribute("ref") ?? "").Split(':');
                    if (ends.Length == 2 && SheetPlace.Parse(ends[0]) is { } first && SheetPlace.Parse(ends[1]) is { } last)
                    {
                        merged.Add((first, last));
                        RequireFewCells();
                    }

                    break;
            }
        }

        _sheets.Add(new Sheet(name, cells, merged));
    }

    private void RequireFewCells()
    {
        if (++_cells > MostCells)
        {
            throw new WorkbookException($"its sheets hold more than {MostCells} cells");
        }
    }

    /// <summary>The cell that the reader is on, read to its end; null where it holds nothing.</summary>
    private SheetCell? ReadCell(XmlReader reader)
    {
        string? value = null;
        string? formula = null;
        using var cell = reader.ReadSubtree();
        cell.Read();
        var type = cell.GetAttribute("t") ?? "n";
        while (!cell.EOF)
        {
            switch (cell.NodeType == XmlNodeType.Element ? cell.LocalName : "")
            {
                case "v":
                    value = cell.ReadElementContentAsString();
                    break;
                case "f":
                    formula = cell.ReadElementContentAsString();
                    break;
                case "is":
                    value = RichText(cell);
                    cell.Read();
                    break;
                case "extLst":
                    cell.Skip();
                    break;
                default:
                    cell.Read();
                    break;
            }
        }

        return CellOf(type, value, formula);
    }

    /// <summary>The one place where what is stored becomes what a cell holds.</summary>
    private SheetCell? CellOf(string type, string? value, string? formula) => (type, value) switch
    {
        (_, null) => formula is null ? null : new SheetCell(SheetCellKind.NotCalculated, "=" + formula),
        ("n", "") => null,
        ("n", _) => new SheetCell(SheetCellKind.Number, value.Trim()),
        ("s", _) => new SheetCell(SheetCellKind.Text, SharedString(value)),
        ("b", _) => new SheetCell(SheetCellKind.Logical, value == "1" ? "TRUE" : "FALSE"),
        ("e", _) => new SheetCell(SheetCellKind.Error, value),
        _ => new SheetCell(SheetCellKind.Text, value),
    };

    private string SharedString(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _strings.Count
            ? _strings[number]
            : throw new WorkbookException($"a cell refers to text number {index}, which it does not hold");

    /// <summary>
    /// The text of the element that the reader is on, from all its runs but not how it is read aloud (rPh); the reader stays
    /// on the element's end, or on the element where it is empty.
    /// </summary>
    private static string RichText(XmlReader reader)
    {
        var text = new StringBuilder();
        using var item = reader.ReadSubtree();
        item.Read();
        while (!item.EOF)
        {
            switch (item.NodeType == XmlNodeType.Element ? item.LocalName : "")
            {
                case "rPh":
                    item.Skip();
                    break;
                case "t":
                    text.Append(item.ReadElementContentAsString());
                    break;
                default:
                    item.Read();
                    break;
            }
        }

        return text.ToString();
    }

    private sealed record Relation(string Id, string Type, string Target);
}
