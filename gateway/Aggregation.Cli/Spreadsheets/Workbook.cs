using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Reads what the sheets of an .xlsx file hold, each when it is asked for. It reads the few parts that matter with a forward
/// reader, because files come from anybody.
/// </summary>
/// <remarks>
/// Not with the reader of DocumentFormat.OpenXml, which writes the templates. Of 3.3.0, as measured: a faulty part can end the
/// process, where this one refuses the file; text ends at a comment or where a CDATA section ends, so that 12 written as
/// 1&lt;!-- --&gt;2 is 1; a text table that [Content_Types].xml does not name, and a file without that part, are not opened; its
/// bound is for one part and not for all.
/// </remarks>
internal sealed class Workbook : IDisposable
{
    private const int MostSheets = 64;
    private const int MostCells = 100_000;

    private readonly WorkbookParts _parts;
    private readonly List<Entry> _sheets = [];
    private readonly List<string> _strings = [];
    private readonly DateFormats _formats = new();
    private DateSystem _dates = DateSystem.Of1900;
    private bool _isUncalculated;
    private int _cells;

    private Workbook(WorkbookParts parts) => _parts = parts;

    /// <summary>The sheets that programs show, in their order. Excel, WPS and others keep lists of their own in hidden ones.</summary>
    public IEnumerable<string> Shown => _sheets.Where(sheet => !sheet.IsHidden).Select(sheet => sheet.Name);

    /// <exception cref="WorkbookException">The file is faulty or over a bound.</exception>
    public static Workbook Open(byte[] file)
    {
        var workbook = new Workbook(new WorkbookParts(file));
        try
        {
            workbook.Open();
            return workbook;
        }
        catch (WorkbookException)
        {
            workbook.Dispose();
            throw;
        }
    }

    public void Dispose() => _parts.Dispose();

    /// <summary>What a sheet holds, whether it is hidden or not; null where there is none of the name.</summary>
    /// <exception cref="WorkbookException">The sheet is faulty, or with those read before over a bound.</exception>
    public Sheet? Read(string name)
    {
        if (_sheets.Find(sheet => sheet.Name == name) is not { } entry)
        {
            return null;
        }

        var cells = new SheetCells(_strings, _formats, _dates, _isUncalculated, MostCells - _cells);
        try
        {
            if (!_parts.Read(entry.Path, cells.Read))
            {
                throw new WorkbookException($"缺少部件 {entry.Path}", $"its part {entry.Path} is missing");
            }
        }
        catch (WorkbookException fault)
        {
            throw new WorkbookException(fault.MessageZh, fault.Message, fault) { Place = FormSheets.Describe(name, cells.Place) };
        }

        _cells += cells.Count;
        return new Sheet(name, cells.Cells, cells.Merged) { Dates = _dates };
    }

    private void Open()
    {
        var main = Relations("_rels/.rels", "").FirstOrDefault(relation => relation.Type.EndsWith("/officeDocument", StringComparison.Ordinal))?.Target
            ?? throw new WorkbookException("不是 .xlsx 工作簿", "it is no .xlsx workbook");
        var slash = main.LastIndexOf('/');
        var folder = slash < 0 ? "" : main[..(slash + 1)];
        var relations = Relations($"{folder}_rels/{main[folder.Length..]}.rels", folder);
        if (relations.Find(relation => relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)) is { } shared)
        {
            _parts.Read(shared.Target, ReadStrings);
        }

        if (relations.Find(relation => relation.Type.EndsWith("/styles", StringComparison.Ordinal)) is { } styles)
        {
            _parts.Read(styles.Target, _formats.Read);
        }

        if (!_parts.Read(main, reader => ReadMain(reader, relations)) || _sheets.Count > MostSheets)
        {
            throw new WorkbookException($"没有工作表，或多于 {MostSheets} 个", $"it has no sheets, or more than {MostSheets}");
        }

        if (_sheets.GroupBy(sheet => sheet.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
        {
            throw new WorkbookException($"有两个名为“{twice.Key}”的工作表", $"it has two sheets named \"{twice.Key}\"");
        }
    }

    private void ReadMain(XmlReader reader, List<Relation> relations)
    {
        while (reader.Read())
        {
            switch (reader.NodeType == XmlNodeType.Element ? reader.LocalName : "")
            {
                case "workbookPr":
                    _dates = IsTrue(reader.GetAttribute("date1904")) ? DateSystem.Of1904 : DateSystem.Of1900;
                    break;
                case "calcPr":
                    _isUncalculated = IsTrue(reader.GetAttribute("fullCalcOnLoad"));
                    break;
                case "sheet":
                    _sheets.Add(SheetEntry(reader, relations));
                    break;
            }
        }
    }

    private static Entry SheetEntry(XmlReader reader, List<Relation> relations)
    {
        var name = reader.GetAttribute("name") ?? "";
        var isHidden = reader.GetAttribute("state") is "hidden" or "veryHidden";
        var id = "";
        while (reader.MoveToNextAttribute())
        {
            id = reader.LocalName == "id" ? reader.Value : id;
        }

        return relations.Find(relation => relation.Id == id) is { } relation
            ? new Entry(name, isHidden, relation.Target)
            : throw new WorkbookException($"找不到工作表“{name}”的部件", $"it names no part for its sheet \"{name}\"");
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
                    relations.Add(new Relation(
                        reader.GetAttribute("Id") ?? "", reader.GetAttribute("Type") ?? "",
                        WorkbookParts.PathOf(folder, reader.GetAttribute("Target") ?? "")));
                }
            }
        });
        return relations;
    }

    private void ReadStrings(XmlReader reader)
    {
        while (reader.Read())
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                _strings.Add(CellText.Read(reader));
            }
        }
    }

    private static bool IsTrue(string? value) => value is "1" or "true";

    private sealed record Relation(string Id, string Type, string Target);

    private sealed record Entry(string Name, bool IsHidden, string Path);
}
