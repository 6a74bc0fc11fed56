using System.Globalization;
using Aggregation.Cli.Printing;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using FormCell = Aggregation.V1.FormCell;
using XlsxSheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;
using XlsxWorkbook = DocumentFormat.OpenXml.Spreadsheet.Workbook;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Writes a form as an .xlsx workbook to be filled in. Only cells that take something can be changed, figures are checked
/// against their bounds while they are typed, and totals that may be filled in are formulas.
/// </summary>
internal static class TemplateWriter
{
    private const int LastExplanation = 200;

    /// <param name="unit">The unit to fill in on the cover; empty for none.</param>
    /// <param name="period">The period to fill in on the cover; empty for none.</param>
    public static byte[] Write(FormSheets plan, string unit, string period)
    {
        var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var main = document.AddWorkbookPart();
            main.Workbook = new XlsxWorkbook();
            var sheets = main.Workbook.AppendChild(new Sheets());
            main.Workbook.AppendChild(new CalculationProperties { FullCalculationOnLoad = true });
            main.AddNewPart<WorkbookStylesPart>().Stylesheet = TemplateStyles.Create();
            Add(main, sheets, FormSheets.CoverName, Cover(plan, unit, period));
            foreach (var table in plan.Tables)
            {
                Add(main, sheets, table.Name, Table(plan, table));
            }

            Add(main, sheets, FormSheets.ExplanationsName, Explanations());
        }

        return stream.ToArray();
    }

    private static void Add(WorkbookPart main, Sheets sheets, string name, Worksheet worksheet)
    {
        var part = main.AddNewPart<WorksheetPart>();
        part.Worksheet = worksheet;
        sheets.AppendChild(new XlsxSheet { Name = name, SheetId = (uint)sheets.ChildElements.Count + 1, Id = main.GetIdOfPart(part) });
    }

    private static Worksheet Cover(FormSheets plan, string unit, string period)
    {
        var values = new Dictionary<int, string>
        {
            [FormSheets.FormRow] = plan.Form.Form_,
            [FormSheets.HashRow] = plan.Form.Hash,
            [FormSheets.LanguageRow] = plan.Language == Language.Chinese ? "zh" : "en",
            [FormSheets.UnitRow] = unit,
            [FormSheets.PeriodRow] = period,
        };
        var data = new SheetData();
        for (var row = 0; row < FormSheets.CoverLabels.Count; row++)
        {
            var cells = new Row { RowIndex = (uint)row + 1 };
            cells.AppendChild(Text(new SheetPlace(row, 0), FormSheets.CoverLabels[row], TemplateStyles.Label));
            if (row > 0)
            {
                var style = row < FormSheets.UnitRow ? TemplateStyles.Label : TemplateStyles.Input;
                cells.AppendChild(Text(new SheetPlace(row, 1), values.GetValueOrDefault(row, ""), style));
            }

            data.AppendChild(cells);
        }

        return new Worksheet(Columns((1, 32), (2, 44)), data, Protection());
    }

    private static Worksheet Explanations()
    {
        var data = new SheetData();
        var head = new Row { RowIndex = 1 };
        for (var column = 0; column < FormSheets.ExplanationLabels.Count; column++)
        {
            head.AppendChild(Text(new SheetPlace(0, column), FormSheets.ExplanationLabels[column], TemplateStyles.Head));
        }

        data.AppendChild(head);
        for (var row = 1; row <= LastExplanation; row++)
        {
            data.AppendChild(new Row(
                Text(new SheetPlace(row, 0), "", TemplateStyles.Input), Text(new SheetPlace(row, 1), "", TemplateStyles.Input)) { RowIndex = (uint)row + 1 });
        }

        return new Worksheet(Columns((1, 44), (2, 90)), data, Protection());
    }

    private static Worksheet Table(FormSheets plan, FormSheet sheet)
    {
        var cells = plan.Form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        var places = sheet.Grid.Cells.Where(cell => cell.Code.Length > 0)
            .ToDictionary(cell => cell.Code, cell => new SheetPlace(cell.Row, cell.Column), StringComparer.Ordinal);
        var data = new SheetData();
        var merges = new MergeCells();
        var byPlace = new SortedDictionary<(int Row, int Column), Cell>();
        foreach (var cell in sheet.Grid.Cells)
        {
            Spread(cell, byPlace);
            if (cell.RowSpan > 1 || cell.ColumnSpan > 1)
            {
                merges.AppendChild(new MergeCell
                {
                    Reference = $"{new SheetPlace(cell.Row, cell.Column)}:{new SheetPlace(cell.Row + cell.RowSpan - 1, cell.Column + cell.ColumnSpan - 1)}",
                });
            }

            if (cell.Code.Length > 0)
            {
                byPlace[(cell.Row, cell.Column)] = Figure(cells[cell.Code], places);
            }
        }

        foreach (var row in byPlace.GroupBy(cell => cell.Key.Row))
        {
            data.AppendChild(new Row(row.Select(cell => cell.Value)) { RowIndex = (uint)row.Key + 1 });
        }

        var worksheet = new Worksheet(ColumnsOf(sheet.Grid), data, Protection());
        if (merges.HasChildren)
        {
            worksheet.AppendChild(merges);
        }

        worksheet.AppendChild(Bounds(cells.Values.Where(cell => places.ContainsKey(cell.Code)), places));
        return worksheet;
    }

    /// <summary>Every cell of a merged range has the style, so that its border is drawn all around.</summary>
    private static void Spread(GridCell cell, SortedDictionary<(int Row, int Column), Cell> byPlace)
    {
        var style = cell.Kind switch
        {
            GridKind.Title => TemplateStyles.Title,
            GridKind.Head => TemplateStyles.Head,
            GridKind.Stub => TemplateStyles.Label,
            _ => TemplateStyles.Blank,
        };
        for (var row = cell.Row; row < cell.Row + cell.RowSpan; row++)
        {
            for (var column = cell.Column; column < cell.Column + cell.ColumnSpan; column++)
            {
                var isFirst = row == cell.Row && column == cell.Column;
                byPlace[(row, column)] = Text(new SheetPlace(row, column), isFirst ? cell.Text : "", style);
            }
        }
    }

    private static Cell Figure(FormCell cell, Dictionary<string, SheetPlace> places)
    {
        var parts = cell.Parts.Select(part => places.GetValueOrDefault(part, new SheetPlace(-1, -1))).ToList();
        var figure = new Cell
        {
            CellReference = places[cell.Code].ToString(),
            StyleIndex = (parts.Count > 0, cell.Scale > 0) switch
            {
                (true, _) => TemplateStyles.Total,
                (_, true) => TemplateStyles.Money,
                _ => TemplateStyles.Figure,
            },
        };
        if (parts.Count > 0 && parts.TrueForAll(place => place.Row >= 0))
        {
            var area = Area(parts);
            figure.CellFormula = new CellFormula($"IF(COUNT({area})=0,\"\",SUM({area}))");
        }

        return figure;
    }

    /// <summary>The parts as a range where they stand in one line without a gap, else one by one.</summary>
    private static string Area(List<SheetPlace> parts)
    {
        var isRow = parts.Select((place, index) => place == new SheetPlace(parts[0].Row, parts[0].Column + index)).All(same => same);
        var isColumn = parts.Select((place, index) => place == new SheetPlace(parts[0].Row + index, parts[0].Column)).All(same => same);
        return isRow || isColumn ? $"{parts[0]}:{parts[^1]}" : string.Join(',', parts);
    }

    private static DataValidations Bounds(IEnumerable<FormCell> cells, Dictionary<string, SheetPlace> places)
    {
        var bounds = new DataValidations();
        foreach (var same in cells.GroupBy(cell => (cell.Scale > 0, cell.Max.Units)))
        {
            bounds.AppendChild(new DataValidation(
                new Formula1("0"), new Formula2(same.Key.Units.ToString(CultureInfo.InvariantCulture)))
            {
                Type = same.Key.Item1 ? DataValidationValues.Decimal : DataValidationValues.Whole,
                Operator = DataValidationOperatorValues.Between,
                AllowBlank = true,
                ShowErrorMessage = true,
                SequenceOfReferences = new ListValue<StringValue>(same.Select(cell => new StringValue(places[cell.Code].ToString()))),
            });
        }

        return bounds;
    }

    private static Cell Text(SheetPlace place, string text, uint style)
    {
        var cell = new Cell { CellReference = place.ToString(), StyleIndex = style };
        if (text.Length > 0)
        {
            cell.DataType = CellValues.InlineString;
            cell.InlineString = new InlineString(new Text(text) { Space = SpaceProcessingModeValues.Preserve });
        }

        return cell;
    }

    private static SheetProtection Protection() => new() { Sheet = true, Objects = true, Scenarios = true, FormatColumns = false, FormatRows = false };

    /// <summary>Names of rows need room; figures do not.</summary>
    private static Columns ColumnsOf(TableGrid grid)
    {
        var stubs = grid.Cells.Where(cell => cell.Kind == GridKind.Stub).Select(cell => cell.Column + cell.ColumnSpan).DefaultIfEmpty(0).Max();
        return Columns([.. Enumerable.Range(1, grid.Width).Select(column => ((uint)column, column <= stubs ? (stubs == 1 ? 34d : 22d) : 12d))]);
    }

    private static Columns Columns(params (uint Column, double Width)[] widths) => new(
        widths.Select(each => new Column { Min = each.Column, Max = each.Column, Width = each.Width, CustomWidth = true }));
}
