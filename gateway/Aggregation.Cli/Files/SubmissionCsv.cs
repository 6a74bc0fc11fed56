using System.Text.RegularExpressions;
using Aggregation.Domain.Texts;
using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>
/// Submissions as CSV in long format, one figure a line: columns unit, form, period, cell, value. Lines of one
/// (unit, form, period) make one submission; a line with an empty cell and the value <c>nil</c> is a nil return 零报告.
/// </summary>
internal static partial class SubmissionCsv
{
    private const string NilValue = "nil";

    private static readonly CsvColumns Columns = new(
        ["unit", "form", "period", "cell", "value"], Required: ["unit", "form", "period", "cell", "value"]);

    public static List<SubmissionItem> Parse(string file, string text, FaultList faults)
    {
        var table = CsvTable.Read(text, Columns);
        faults.Add(file, table.Faults);
        var requests = new Dictionary<(string Unit, string Form, string Period), SubmitRequest>();
        foreach (var row in table.Rows)
        {
            ReadRow($"{file}: line {row.Line}", row, table.Separator, requests, faults);
        }

        return [.. requests.Values.Select(request => new SubmissionItem($"{file}: {request.Unit}", request, DerivedId: true))];
    }

    private static void ReadRow(string place, CsvRow row, char separator,
        Dictionary<(string Unit, string Form, string Period), SubmitRequest> requests, FaultList faults)
    {
        var (unit, form, period, cell, value) = (row.Values[0], row.Values[1], row.Values[2], row.Values[3], row.Values[4]);
        for (var column = 0; column < 3; column++)
        {
            if (row.Values[column].Length == 0)
            {
                faults.Add($"{place}: {Columns.Names[column]}", "", "required", "必填", "Must be given.");
                return;
            }
        }

        if (!requests.TryGetValue((unit, form, period), out var request))
        {
            request = new SubmitRequest { Unit = unit, Form = form, Period = period };
            requests.Add((unit, form, period), request);
        }

        if (cell.Length == 0 && value.Equals(NilValue, StringComparison.OrdinalIgnoreCase))
        {
            request.NilReturn = true;
        }
        else if (cell.Length > 0 && separator == ';' && OneComma().IsMatch(value))
        {
            faults.Add(
                $"{place}: {cell}", value, AmountText.Rule,
                "逗号可能是千位分隔符，也可能是小数点，请去掉或改为小数点“.”",
                "The comma may separate thousands or decimals: leave it out, or write a point.");
        }
        else if (cell.Length == 0 || !AmountText.TryParse(Ungrouped(value), out var amount))
        {
            faults.Add($"{place}: {cell}", value, AmountText.Rule, "不是十进制数", "Not a plain decimal number.");
        }
        else if (request.Cells.Any(each => each.Code == cell))
        {
            faults.Add($"{place}: {cell}", value, "once", "单元格重复", "The cell is given twice.");
        }
        else
        {
            request.Cells.Add(new Cell { Code = cell, Amount = amount });
        }
    }

    /// <summary>A figure without the commas that a spreadsheet shows between thousands; anything else as it is.</summary>
    private static string Ungrouped(string value) => Grouped().IsMatch(value) ? value.Replace(",", "", StringComparison.Ordinal) : value;

    [GeneratedRegex(@"^-?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]+)?\z")]
    private static partial Regex Grouped();

    // Where semicolons separate, a comma is the decimal point of many.
    [GeneratedRegex(@"^-?[1-9][0-9]{0,2},[0-9]{3}\z")]
    private static partial Regex OneComma();
}
