using System.Globalization;
using System.Xml;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Reads the cells of one sheet, as any program may have written them.</summary>
/// <param name="strings">The texts that cells refer to by number.</param>
/// <param name="formats">Which formats show dates.</param>
/// <param name="dates">What their numbers mean.</param>
/// <param name="isUncalculated">The workbook asks to be calculated when it is opened: what its writer put as a formula's result is nobody's calculation.</param>
/// <param name="most">The most cells that may hold something.</param>
internal sealed class SheetCells(
    IReadOnlyList<string> strings, DateFormats formats, DateSystem dates, bool isUncalculated, int most)
{
    private readonly Dictionary<SheetPlace, SheetCell> _cells = [];
    private readonly List<(SheetPlace, SheetPlace)> _merged = [];

    public IReadOnlyDictionary<SheetPlace, SheetCell> Cells => _cells;

    public IReadOnlyList<(SheetPlace First, SheetPlace Last)> Merged => _merged;

    /// <summary>Cells and merged ranges that were read.</summary>
    public int Count { get; private set; }

    /// <summary>The cell that is being read, or was last.</summary>
    public SheetPlace Place { get; private set; }

    /// <exception cref="WorkbookException">A place is none, or there are too many cells.</exception>
    public void Read(XmlReader reader)
    {
        var row = -1;
        var next = 0;
        var isRead = reader.Read();
        while (isRead)
        {
            switch (reader.NodeType == XmlNodeType.Element ? reader.LocalName : "")
            {
                case "row":
                    row = reader.GetAttribute("r") is { } number ? RowOf(number) : row + 1;
                    next = 0;
                    break;
                case "c":
                    Place = reader.GetAttribute("r") is { } place ? PlaceOf(place) : new SheetPlace(row, next);
                    next = Place.Column + 1;
                    Add(ReadCell(reader));
                    break;
                case "mergeCell":
                    Merge(reader.GetAttribute("ref") ?? "");
                    break;
                case "extLst":
                    reader.Skip();
                    continue;
            }

            isRead = reader.Read();
        }
    }

    private void Add(SheetCell? cell)
    {
        if (cell is null)
        {
            return;
        }

        _cells[Place] = _cells.TryGetValue(Place, out var first) && first != cell
            ? new SheetCell(SheetCellKind.Unreadable, $"{first.Text} / {cell.Text}")
            : cell;
        RequireFew();
    }

    private void Merge(string area)
    {
        var ends = area.Split(':');
        _merged.Add((PlaceOf(ends[0]), PlaceOf(ends[^1])));
        RequireFew();
    }

    private void RequireFew()
    {
        if (++Count > most)
        {
            throw new WorkbookException("有内容的单元格过多", "its sheets hold too many cells");
        }
    }

    private static int RowOf(string text) => PlaceOf("A" + text).Row;

    private static SheetPlace PlaceOf(string text) => SheetPlace.Parse(text)
        ?? throw new WorkbookException($"“{text}”不是单元格位置", $"\"{text}\" is no place of a cell");

    /// <summary>The cell that the reader is on, read to its end; null where it holds nothing.</summary>
    private SheetCell? ReadCell(XmlReader reader)
    {
        string? value = null;
        string? inline = null;
        string? formula = null;
        using var cell = reader.ReadSubtree();
        cell.Read();
        var type = cell.GetAttribute("t") ?? "n";
        var isDate = type == "n" && formats.Shows(cell.GetAttribute("s"));
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
                    inline = CellText.Read(cell);
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

        return type == "inlineStr" ? Inline(inline, value) : CellOf(type, isDate, value, formula);
    }

    /// <summary>Text within the cell. Apache POI leaves the old one where it writes another as the value.</summary>
    private static SheetCell? Inline(string? inline, string? value)
    {
        var (text, other) = (inline ?? value, string.IsNullOrEmpty(value) ? inline : CellText.Decode(value));
        return text is null ? null
            : text == other ? new SheetCell(SheetCellKind.Text, text)
            : new SheetCell(SheetCellKind.Unreadable, $"{text} / {other}");
    }

    /// <summary>The one place where what is stored becomes what a cell holds: whatever is there becomes something.</summary>
    private SheetCell? CellOf(string type, bool isDate, string? value, string? formula)
    {
        value = type == "str" ? value : value?.Trim();
        if (formula is not null && IsNoResult(type, value))
        {
            return type == "str" && value is not null
                ? new SheetCell(SheetCellKind.NoResult, "=" + formula)
                : new SheetCell(SheetCellKind.NotCalculated, "=" + formula);
        }

        return (type, value) switch
        {
            (_, null) or (not "str", "") => null,
            ("n", _) => isDate && dates.Read(value) is { } time ? new SheetCell(SheetCellKind.Date, DateSystem.Write(time)) : new SheetCell(SheetCellKind.Number, value),
            ("s", _) => SharedString(value),
            ("b", "1" or "true") => new SheetCell(SheetCellKind.Logical, "TRUE"),
            ("b", "0" or "false") => new SheetCell(SheetCellKind.Logical, "FALSE"),
            ("e", _) => new SheetCell(SheetCellKind.Error, value),
            ("d", _) => Day(value),
            ("str", _) => new SheetCell(SheetCellKind.Text, CellText.Decode(value)),
            _ => new SheetCell(SheetCellKind.Unreadable, value),
        };
    }

    /// <summary>Writers that calculate nothing leave the result out, leave it empty, or put a nought and ask for a calculation.</summary>
    private bool IsNoResult(string type, string? value) =>
        string.IsNullOrEmpty(value) || (isUncalculated && type == "n" && SheetNumber.TryRead(value, out var amount) && amount is { Units: 0, Nanos: 0 });

    private SheetCell SharedString(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < strings.Count
            ? new SheetCell(SheetCellKind.Text, strings[number])
            : new SheetCell(SheetCellKind.Unreadable, index);

    /// <summary>A date as such, which the strict form of the format has: 2025-01-21T10:30:00.</summary>
    private static SheetCell Day(string value) => WrittenDay.Read(value) is { } time
        ? new SheetCell(SheetCellKind.Date, DateSystem.Write(time))
        : new SheetCell(SheetCellKind.Unreadable, value);
}
