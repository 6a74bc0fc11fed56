using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>
/// Submissions as CSV in long format, one figure a line: header <c>unit,form,period,cell,value</c>. Lines of one
/// (unit, form, period) make one submission; a line with an empty cell and the value <c>nil</c> is a nil return 零报告.
/// </summary>
internal static class SubmissionCsv
{
    private const string Header = "unit,form,period,cell,value";
    private const string NilValue = "nil";

    public static List<SubmissionItem> Parse(string file, string text, FaultList faults)
    {
        var lines = text.TrimStart('\uFEFF').Split('\n');
        if (lines[0].Trim() != Header)
        {
            faults.Add($"{file}: line 1", lines[0].Trim(), Header, "表头不对", "The header is not as expected.");
            return [];
        }

        var requests = new Dictionary<(string Unit, string Form, string Period), SubmitRequest>();
        for (var index = 1; index < lines.Length; index++)
        {
            var line = lines[index].Trim();
            if (line.Length > 0)
            {
                ReadLine($"{file}: line {index + 1}", line, requests, faults);
            }
        }

        return [.. requests.Values.Select(request => new SubmissionItem($"{file}: {request.Unit}", request, DerivedId: true))];
    }

    private static void ReadLine(string place, string line,
        Dictionary<(string Unit, string Form, string Period), SubmitRequest> requests, FaultList faults)
    {
        if (line.Split(',') is not [{ Length: > 0 } unit, { Length: > 0 } form, { Length: > 0 } period, var cell, var value])
        {
            faults.Add(place, line, Header, "每行五列，前三列必填", "A line has five columns, the first three of them filled.");
            return;
        }

        if (!requests.TryGetValue((unit, form, period), out var request))
        {
            request = new SubmitRequest { Unit = unit, Form = form, Period = period };
            requests.Add((unit, form, period), request);
        }

        if (cell.Length == 0 && value == NilValue)
        {
            request.NilReturn = true;
        }
        else if (cell.Length == 0 || !AmountText.TryParse(value, out var amount))
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
}
