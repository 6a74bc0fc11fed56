using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.Cli.Printing;
using Aggregation.V1;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>
/// Reads a filled template as one submission. Whatever is not as the template has it is a fault that names sheet and cell,
/// and with any fault nothing is sent.
/// </summary>
internal sealed class SpreadsheetReader(string file, FaultList faults)
{
    private const int SignificantDigits = 15;

    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);
    private readonly SubmitRequest _request = new();

    /// <param name="content">The bytes of the .xlsx file.</param>
    /// <param name="formOf">The form of an id, as the server defines it.</param>
    public static async Task<IEnumerable<SubmissionItem>> ReadAsync(
        string file, byte[] content, Func<string, Task<Form>> formOf, FaultList faults)
    {
        IReadOnlyList<Sheet> sheets;
        try
        {
            sheets = Workbook.Read(content);
        }
        catch (WorkbookException fault)
        {
            faults.Add(file, "", ".xlsx", $"不是可读的工作簿：{fault.Message}", $"Not a workbook that can be read: {fault.Message}.");
            return [];
        }

        var reader = new SpreadsheetReader(file, faults);
        if (reader.Cover(sheets) is not { } cover)
        {
            return [];
        }

        var form = await formOf(cover.TextAt(new SheetPlace(FormSheets.FormRow, 1)));
        return reader.Read(sheets, cover, form) is { } item ? [item] : [];
    }

    private Sheet? Cover(IReadOnlyList<Sheet> sheets)
    {
        var cover = sheets.FirstOrDefault(sheet => sheet.Name == FormSheets.CoverName);
        if (cover is null)
        {
            faults.Add(file, "", FormSheets.CoverName, "缺少工作表“填报信息”，不是本平台的模板", "The sheet of the template's cover is missing: not a template of this platform.");
            return null;
        }

        var labels = FormSheets.CoverLabels.Select((text, row) => (new SheetPlace(row, 0), text)).ToList();
        var values = Enumerable.Range(1, FormSheets.CoverLabels.Count - 1).Select(row => new SheetPlace(row, 1)).ToHashSet();
        if (!AreLabelsRight(cover, labels) | !IsNothingElse(cover, labels, values.Contains))
        {
            return null;
        }

        if (cover.TextAt(new SheetPlace(FormSheets.FormRow, 1)).Length > 0)
        {
            return cover;
        }

        Fault(cover, new SheetPlace(FormSheets.FormRow, 1), "", "required", "必填", "This cell is required.");
        return null;
    }

    private SubmissionItem? Read(IReadOnlyList<Sheet> sheets, Sheet cover, Form form)
    {
        var hash = new SheetPlace(FormSheets.HashRow, 1);
        if (cover.TextAt(hash) != form.Hash)
        {
            Fault(cover, hash, cover.TextAt(hash), form.Hash,
                "模板与现行报表定义不一致，请重新下载模板", "The template is of another version of the form; get a new one with 'aggregation template'.");
            return null;
        }

        var plan = new FormSheets(form, Language.Of(cover.TextAt(new SheetPlace(FormSheets.LanguageRow, 1)) == "en" ? "en" : "zh"));
        ReadCover(cover, form);
        foreach (var table in plan.Tables)
        {
            if (sheets.FirstOrDefault(sheet => sheet.Name == table.Name) is { } sheet)
            {
                ReadTable(sheet, table, form);
            }
            else
            {
                faults.Add(file, "", table.Name, $"缺少工作表“{table.Name}”", $"The sheet \"{table.Name}\" is missing.");
            }
        }

        var explanations = sheets.FirstOrDefault(sheet => sheet.Name == FormSheets.ExplanationsName);
        if (explanations is not null)
        {
            ReadExplanations(explanations);
        }

        foreach (var sheet in sheets.Where(sheet => sheet != cover && sheet != explanations && plan.Tables.All(table => table.Name != sheet.Name)))
        {
            IsNothingElse(sheet, [], _ => false);
        }

        return Finish(cover);
    }

    private void ReadCover(Sheet cover, Form form)
    {
        _request.Form = form.Form_;
        _request.Unit = Required(cover, FormSheets.UnitRow);
        _request.Period = Required(cover, FormSheets.PeriodRow);
        var filed = new SheetPlace(FormSheets.FiledOnRow, 1);
        _request.FiledOn = DateText(cover, filed);
        var nil = new SheetPlace(FormSheets.NilRow, 1);
        _request.NilReturn = cover.TextAt(nil).ToUpperInvariant() is "YES" or "TRUE" or "是";
        if (!_request.NilReturn && cover.TextAt(nil).ToUpperInvariant() is not ("" or "NO" or "FALSE" or "否"))
        {
            Fault(cover, nil, cover.TextAt(nil), "yes, no", "应填 yes 或 no", "Must be yes or no.");
        }
    }

    /// <summary>A date typed as one is stored as the number of days since 1899-12-30.</summary>
    private static string DateText(Sheet cover, SheetPlace place) =>
        cover.Cells.TryGetValue(place, out var cell) && cell.Kind == SheetCellKind.Number
        && int.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 60 and < 100_000
            ? new DateOnly(1899, 12, 30).AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : cover.TextAt(place);

    private string Required(Sheet cover, int row)
    {
        var place = new SheetPlace(row, 1);
        var text = cover.TextAt(place);
        if (text.Length == 0)
        {
            Fault(cover, place, "", "required", "必填", "This cell is required.");
        }

        return text;
    }

    private void ReadTable(Sheet sheet, FormSheet table, Form form)
    {
        var cells = form.Cells.ToDictionary(cell => cell.Code, StringComparer.Ordinal);
        var figures = table.Grid.Cells.Where(cell => cell.Code.Length > 0).ToDictionary(cell => new SheetPlace(cell.Row, cell.Column), cell => cells[cell.Code]);
        var labels = table.Grid.Cells.Where(cell => cell.Kind != GridKind.Figure).Select(cell => (new SheetPlace(cell.Row, cell.Column), cell.Text)).ToList();
        if (!AreLabelsRight(sheet, labels))
        {
            return;
        }

        IsNothingElse(sheet, labels, figures.ContainsKey);
        foreach (var (first, last) in sheet.Merged)
        {
            foreach (var (place, cell) in figures)
            {
                if (place.Row >= first.Row && place.Row <= last.Row && place.Column >= first.Column && place.Column <= last.Column
                    && !table.Grid.Cells.Any(planned => planned.Code == cell.Code && planned.ColumnSpan == last.Column - first.Column + 1 && first == place && first.Row == last.Row))
                {
                    Fault(sheet, place, $"{first}:{last}", "not merged", "填数的单元格不得合并", "Cells that take figures must not be merged.");
                }
            }
        }

        foreach (var (place, cell) in figures)
        {
            _places[cell.Code] = $"{file}: {FormSheets.Describe(sheet.Name, place)} [{cell.Code}]";
            if (sheet.Cells.TryGetValue(place, out var value) && !value.IsBlank)
            {
                ReadFigure(sheet, place, value, cell);
            }
        }
    }

    private void ReadFigure(Sheet sheet, SheetPlace place, SheetCell value, FormCell cell)
    {
        switch (value.Kind)
        {
            case SheetCellKind.Number when TryAmount(value.Text, out var amount):
                _request.Cells.Add(new Cell { Code = cell.Code, Amount = amount });
                break;
            case SheetCellKind.Number:
                Fault(sheet, place, value.Text, AmountText.Rule, "数字过大，或小数位数过多", "The number is too large or has too many decimals.");
                break;

            // A total that the template calculates, in a file that no spreadsheet program has saved: the server fills it in.
            case SheetCellKind.NotCalculated when cell.Parts.Count > 0:
                break;
            case SheetCellKind.NotCalculated:
                Fault(sheet, place, value.Text, "number", "公式尚未计算，请用电子表格软件打开并保存", "The formula has not been calculated; open the file in a spreadsheet program and save it.");
                break;
            case SheetCellKind.Error:
                Fault(sheet, place, value.Text, "number", "公式结果是错误值", "The formula ends in an error.");
                break;
            default:
                Fault(sheet, place, value.Text, "number", "是文本而不是数字", "This is text, not a number.");
                break;
        }
    }

    /// <summary>Spreadsheets calculate with binary numbers: 0.1 + 0.2 is stored as 0.30000000000000004 and shown as 0.3, which is meant.</summary>
    private static bool TryAmount(string text, out Amount? amount)
    {
        amount = null;
        if (AmountText.TryParse(text, out amount))
        {
            return true;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && decimal.TryParse(number.ToString($"G{SignificantDigits}", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var shown)
            && AmountText.TryParse(shown.ToString("0.#############################", CultureInfo.InvariantCulture), out amount);
    }

    private void ReadExplanations(Sheet sheet)
    {
        var labels = FormSheets.ExplanationLabels.Select((text, column) => (new SheetPlace(0, column), text)).ToList();
        if (!AreLabelsRight(sheet, labels))
        {
            return;
        }

        IsNothingElse(sheet, labels, place => place is { Row: > 0, Column: 0 or 1 });
        foreach (var row in sheet.Cells.Keys.Select(place => place.Row).Where(row => row > 0).Distinct().Order())
        {
            var (check, text) = (sheet.TextAt(new SheetPlace(row, 0)), sheet.TextAt(new SheetPlace(row, 1)));
            if (check.Length > 0 && text.Length > 0)
            {
                _request.Explanations.Add(new Explanation { CheckId = check, Text = text.ReplaceLineEndings("\n") });
            }
            else if (check.Length + text.Length > 0)
            {
                Fault(sheet, new SheetPlace(row, check.Length == 0 ? 0 : 1), "", "required", "审核公式和情况说明都应填写", "Both the check and its explanation are needed.");
            }
        }
    }

    /// <summary>Names the first label that is not the template's: from there on the sheet cannot be trusted.</summary>
    private bool AreLabelsRight(Sheet sheet, IEnumerable<(SheetPlace Place, string Text)> labels)
    {
        foreach (var (place, text) in labels.OrderBy(label => label.Place.Row).ThenBy(label => label.Place.Column))
        {
            if (sheet.TextAt(place) != text.Trim())
            {
                Fault(sheet, place, sheet.TextAt(place), text,
                    $"模板此处为“{text}”：行列被增删或改动，该工作表未读取",
                    $"The template has \"{text}\" here: rows or columns were added, removed or changed; the sheet was not read.");
                return false;
            }
        }

        return true;
    }

    private bool IsNothingElse(Sheet sheet, List<(SheetPlace Place, string Text)> labels, Func<SheetPlace, bool> isInput)
    {
        var known = labels.Select(label => label.Place).ToHashSet();
        var others = sheet.Cells.Where(cell => !cell.Value.IsBlank && !known.Contains(cell.Key) && !isInput(cell.Key)).ToList();
        if (others.Count > 0)
        {
            var (place, cell) = others.MinBy(other => (other.Key.Row, other.Key.Column));
            Fault(sheet, place, cell.Text, "empty",
                $"不在表内的单元格有内容（共 {others.Count} 处）", $"A cell outside the table holds something ({others.Count} in all).");
        }

        return others.Count == 0;
    }

    private SubmissionItem Finish(Sheet cover)
    {
        if (_request.NilReturn && _request.Cells.Count > 0)
        {
            Fault(cover, new SheetPlace(FormSheets.NilRow, 1), "yes", "no figures", "零报告不应填有数字", "A nil return gives no figures.");
        }

        _request.RequestId = RequestIds.Derive(_request);
        return new SubmissionItem(file, _request, DerivedId: true) { Places = _places };
    }

    private void Fault(Sheet sheet, SheetPlace place, string value, string rule, string messageZh, string messageEn) => faults.Add(
        $"{file}: {FormSheets.Describe(sheet.Name, place)}", value.Length > 80 ? value[..80] : value, rule, messageZh, messageEn);
}
