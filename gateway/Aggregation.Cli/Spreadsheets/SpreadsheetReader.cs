using Aggregation.Cli.Files;
using Aggregation.Cli.Printing;
using Aggregation.V1;
using Grpc.Core;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Reads a filled template as one submission. Whatever is not as the template has it is a fault that names sheet and cell,
/// and with any fault nothing is sent.
/// </summary>
internal sealed class SpreadsheetReader(string file, Workbook workbook, FaultList faults)
{
    private readonly SheetFaults _sheets = new(file, faults);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _explanations = new(StringComparer.Ordinal);
    private readonly SubmitRequest _request = new();

    /// <param name="content">The bytes of the .xlsx file.</param>
    /// <param name="formOf">The form of an id, as the server defines it.</param>
    public static async Task<IEnumerable<SubmissionItem>> ReadAsync(
        string file, byte[] content, Func<string, Task<Form>> formOf, FaultList faults)
    {
        try
        {
            using var workbook = Workbook.Open(content);
            return await new SpreadsheetReader(file, workbook, faults).ReadAsync(formOf) is { } item ? [item] : [];
        }
        catch (WorkbookException fault)
        {
            faults.Add(
                fault.Place.Length == 0 ? file : $"{file}: {fault.Place}", "", ".xlsx",
                $"不是可读的工作簿：{fault.MessageZh}", $"Not a workbook that can be read: {fault.Message}.");
            return [];
        }
    }

    private async Task<SubmissionItem?> ReadAsync(Func<string, Task<Form>> formOf)
    {
        if (workbook.Read(FormSheets.CoverName) is not { } cover)
        {
            faults.Add(file, "", FormSheets.CoverName, "缺少工作表“填报信息”，不是本平台的模板", "The sheet of the template's cover is missing: not a template of this platform.");
            return null;
        }

        var labels = FormSheets.CoverLabels.Select((text, row) => (new SheetPlace(row, 0), text)).ToList();
        var values = Enumerable.Range(1, FormSheets.CoverLabels.Count - 1).Select(row => new SheetPlace(row, 1)).ToHashSet();
        var reader = new CoverReader(cover, _sheets, _request);
        if (!_sheets.AreLabelsRight(cover, labels) | !_sheets.IsNothingElse(cover, labels, values.Contains) || reader.ReadForm() is not { Length: > 0 } id)
        {
            return null;
        }

        try
        {
            return Read(cover, reader, await formOf(id));
        }
        catch (RpcException fault) when (fault.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument)
        {
            _sheets.Fault(cover, new SheetPlace(FormSheets.FormRow, 1), id, "form", "没有这一报表", "There is no such form.");
            return null;
        }
    }

    private SubmissionItem? Read(Sheet cover, CoverReader reader, Form form)
    {
        var hash = new SheetPlace(FormSheets.HashRow, 1);
        if (cover.TextAt(hash) != form.Hash)
        {
            _sheets.Fault(cover, hash, cover.TextAt(hash), form.Hash,
                "模板与现行报表定义不一致，请重新下载模板", "The template is of another version of the form; get a new one with 'aggregation template'.");
            return null;
        }

        var plan = new FormSheets(form, Language.Of(cover.TextAt(new SheetPlace(FormSheets.LanguageRow, 1)) == "en" ? "en" : "zh"));
        reader.Read();
        foreach (var table in plan.Tables)
        {
            if (workbook.Read(table.Name) is { } sheet)
            {
                ReadTable(sheet, table, form);
            }
            else
            {
                faults.Add(file, "", table.Name, $"缺少工作表“{table.Name}”", $"The sheet \"{table.Name}\" is missing.");
            }
        }

        if (workbook.Read(FormSheets.ExplanationsName) is { } explanations)
        {
            ReadExplanations(explanations);
        }

        HashSet<string> known = [FormSheets.CoverName, FormSheets.ExplanationsName, .. plan.Tables.Select(table => table.Name)];
        foreach (var name in workbook.Shown.Where(name => !known.Contains(name)))
        {
            _sheets.IsNothingElse(workbook.Read(name)!, [], _ => false);
        }

        return Finish(cover, reader);
    }

    private void ReadTable(Sheet sheet, FormSheet table, Form form)
    {
        var cells = form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        var figures = table.Grid.Cells.Where(cell => cell.Code.Length > 0).ToDictionary(cell => new SheetPlace(cell.Row, cell.Column), cell => cells[cell.Code]);
        var labels = table.Grid.Cells.Where(cell => cell.Kind != GridKind.Figure).Select(cell => (new SheetPlace(cell.Row, cell.Column), cell.Text)).ToList();
        if (!_sheets.AreLabelsRight(sheet, labels))
        {
            return;
        }

        _sheets.IsNothingElse(sheet, labels, figures.ContainsKey);
        foreach (var (first, last) in sheet.Merged)
        {
            foreach (var (place, cell) in figures)
            {
                if (place.Row >= first.Row && place.Row <= last.Row && place.Column >= first.Column && place.Column <= last.Column
                    && !table.Grid.Cells.Any(planned => planned.Code == cell.Code && planned.ColumnSpan == last.Column - first.Column + 1 && first == place && first.Row == last.Row))
                {
                    _sheets.Fault(sheet, place, $"{first}:{last}", "not merged", "填数的单元格不得合并", "Cells that take figures must not be merged.");
                }
            }
        }

        foreach (var (place, cell) in figures)
        {
            _places[cell.Code] = $"{_sheets.PlaceOf(sheet, place)} [{cell.Code}]";
            if (sheet.Cells.TryGetValue(place, out var value) && value is not { Kind: SheetCellKind.Text, IsBlank: true })
            {
                ReadFigure(sheet, place, value, cell);
            }
        }
    }

    private void ReadFigure(Sheet sheet, SheetPlace place, SheetCell value, FormCell cell)
    {
        switch (value.Kind)
        {
            case SheetCellKind.Number when SheetNumber.TryRead(value.Text, out var amount):
                _request.Cells.Add(new Cell { Code = cell.Code, Amount = amount });
                break;
            case SheetCellKind.Number:
                _sheets.Fault(sheet, place, value.Text, AmountText.Rule, "数字过大，或小数位数过多", "The number is too large or has too many decimals.");
                break;

            // A total that the template calculates, of no figures or in a file that no spreadsheet program has saved: the server fills it in.
            case SheetCellKind.NotCalculated or SheetCellKind.NoResult when cell.Parts.Count > 0:
                break;
            case SheetCellKind.NoResult:
                _sheets.Fault(sheet, place, value.Text, "number", "公式没有结果；没有数字请清空单元格", "The formula has no result; clear the cell where there is no figure.");
                break;
            case SheetCellKind.Date:
                _sheets.Fault(sheet, place, value.Text, "number", "是日期而不是数字", "This is a date, not a number.");
                break;
            default:
                if (!_sheets.IsFault(sheet, place, value, "number"))
                {
                    _sheets.Fault(sheet, place, value.Text, "number", "是文本而不是数字", "This is text, not a number.");
                }

                break;
        }
    }

    private void ReadExplanations(Sheet sheet)
    {
        var labels = FormSheets.ExplanationLabels.Select((text, column) => (new SheetPlace(0, column), text)).ToList();
        if (!_sheets.AreLabelsRight(sheet, labels))
        {
            return;
        }

        _sheets.IsNothingElse(sheet, labels, place => place is { Row: > 0, Column: 0 or 1 });
        foreach (var row in sheet.Cells.Keys.Select(place => place.Row).Where(row => row > 0).Distinct().Order())
        {
            var (check, text) = (_sheets.TextOf(sheet, new SheetPlace(row, 0)), _sheets.TextOf(sheet, new SheetPlace(row, 1)));
            if (check is null || text is null)
            {
                continue;
            }

            if (check.Length > 0 && text.Length > 0)
            {
                _explanations[$"explanations[{check}]"] = _sheets.PlaceOf(sheet, new SheetPlace(row, 1));
                _request.Explanations.Add(new Explanation { CheckId = check, Text = text.ReplaceLineEndings("\n") });
            }
            else if (check.Length + text.Length > 0)
            {
                _sheets.Fault(sheet, new SheetPlace(row, check.Length == 0 ? 0 : 1), "", "required", "审核公式和情况说明都应填写", "Both the check and its explanation are needed.");
            }
        }
    }

    private SubmissionItem Finish(Sheet cover, CoverReader reader)
    {
        if (_request.NilReturn && _request.Cells.Count > 0)
        {
            _sheets.Fault(cover, new SheetPlace(FormSheets.NilRow, 1), "yes", "no figures", "零报告不应填有数字", "A nil return gives no figures.");
        }

        return new SubmissionItem(file, _request, DerivedId: true)
        {
            Places = _places, FieldPlaces = _explanations.Concat(reader.Places).ToDictionary(StringComparer.Ordinal),
        };
    }
}
