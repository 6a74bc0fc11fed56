using System.Globalization;
using System.Text;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Reads what the sheets of an .xlsx file hold. It reads the few parts that matter with a forward reader, because files
/// come from anybody: a library that loads a package would unpack whatever it claims to be.
/// </summary>
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
        StringBuilder? text = null;

        // How the text is read aloud (rPh) is not part of it.
        var isAloud = false;
        while (reader.Read())
        {
            if (reader.LocalName == "rPh")
            {
                isAloud = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            }
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                text = new StringBuilder();
                if (reader.IsEmptyElement)
                {
                    _strings.Add("");
                }
            }
            else if (!isAloud && reader.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text?.Append(reader.Value);
            }
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "si" })
            {
                _strings.Add(text?.ToString() ?? "");
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
        var type = reader.GetAttribute("t") ?? "n";
        if (reader.IsEmptyElement)
        {
            return null;
        }

        string? value = null;
        string? formula = null;
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            var element = reader.LocalName;
            if (element is "v" or "t" or "f")
            {
                var text = Content(reader);
                formula = element == "f" ? text : formula;
                value = element == "f" ? value : value + text;
            }
        }

        if (value is null)
        {
            return formula is null ? null : new SheetCell(SheetCellKind.NotCalculated, "=" + formula);
        }

        return type switch
        {
            "n" => value.Length == 0 ? null : new SheetCell(SheetCellKind.Number, value.Trim()),
            "s" => new SheetCell(SheetCellKind.Text, SharedString(value)),
            "b" => new SheetCell(SheetCellKind.Logical, value == "1" ? "TRUE" : "FALSE"),
            "e" => new SheetCell(SheetCellKind.Error, value),
            _ => new SheetCell(SheetCellKind.Text, value),
        };
    }

    private string SharedString(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < _strings.Count
            ? _strings[number]
            : throw new WorkbookException($"a cell refers to text number {index}, which it does not hold");

    /// <summary>The text of the element that the reader is on; it stays on the element's end.</summary>
    private static string Content(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return "";
        }

        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }

    private sealed record Relation(string Id, string Type, string Target);
}
