using Aggregation.Cli.Files;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>What a sheet holds that is not as the template has it: each is a fault that names sheet and cell.</summary>
internal sealed class SheetFaults(string file, FaultList faults)
{
    public void Fault(Sheet sheet, SheetPlace place, string value, string rule, string messageZh, string messageEn) => faults.Add(
        PlaceOf(sheet, place), value.Length > 80 ? value[..80] : value, rule, messageZh, messageEn);

    /// <summary>As faults name a cell.</summary>
    public string PlaceOf(Sheet sheet, SheetPlace place) => $"{file}: {FormSheets.Describe(sheet.Name, place)}";

    /// <summary>The text of a cell that takes text; null where it holds what is none, which is a fault.</summary>
    public string? TextOf(Sheet sheet, SheetPlace place)
    {
        var cell = sheet.Cells.GetValueOrDefault(place);
        if (cell is not null && IsFault(sheet, place, cell, "text"))
        {
            return null;
        }

        if (cell is { Kind: SheetCellKind.Number } && cell.Shown.Length > SheetNumber.SignificantDigits && cell.Shown.All(char.IsAsciiDigit))
        {
            Fault(sheet, place, cell.Text, "text", $"数字只保留 {SheetNumber.SignificantDigits} 位，请按文本填写", $"Numbers keep {SheetNumber.SignificantDigits} digits; enter it as text.");
            return null;
        }

        return cell?.Shown ?? "";
    }

    /// <summary>What no cell of the template may hold, whatever it takes; it is named with the cell.</summary>
    public bool IsFault(Sheet sheet, SheetPlace place, SheetCell cell, string rule)
    {
        switch (cell.Kind)
        {
            case SheetCellKind.NotCalculated:
                Fault(sheet, place, cell.Text, rule, "公式尚未计算，请用电子表格软件打开并保存", "The formula has not been calculated; open the file in a spreadsheet program and save it.");
                return true;
            case SheetCellKind.Error:
                Fault(sheet, place, cell.Text, rule, "公式结果是错误值", "The formula ends in an error.");
                return true;
            case SheetCellKind.Unreadable:
                Fault(sheet, place, cell.Text, rule, "单元格存储的内容不可读，或有两个不同的值", "What is stored for the cell cannot be read, or is there twice and differs.");
                return true;
            default:
                return false;
        }
    }

    /// <summary>Names the first label that is not the template's: from there on the sheet cannot be trusted.</summary>
    public bool AreLabelsRight(Sheet sheet, IEnumerable<(SheetPlace Place, string Text)> labels)
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

    /// <summary>Names the first cell that holds something beside labels and cells that take something.</summary>
    public bool IsNothingElse(Sheet sheet, List<(SheetPlace Place, string Text)> labels, Func<SheetPlace, bool> isInput)
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
}
