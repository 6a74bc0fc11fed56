using Aggregation.Domain.Forms;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>Figures of form 2021 in which every identity holds, made from numbers of any kind.</summary>
internal static class Figures2021
{
    public static readonly Form Form = Report.Catalog.Get("2021");

    public static readonly string[] Applicants = ["person", "business", "research", "welfare", "legal", "other"];

    public static readonly string[] Outcomes = ["upheld", "corrected", "other-result", "pending"];

    /// <summary>The rows of section 3 that say what became of applications.</summary>
    public static readonly string[] Results =
        [.. Form.Layout.Rows.Where(row => row.Section == "3").Select(row => row.Indicator).Except(["3.1", "3.2", "3.3.7", "3.4"])];

    /// <summary>
    /// Each cell takes the number at its place; totals are what they are of, and what is carried on is what is left. Where
    /// more was concluded than came in, the rest came in new.
    /// </summary>
    public static Dictionary<string, long> Holding(IReadOnlyList<int> numbers)
    {
        var values = Form.Cells.ToDictionary(cell => cell.Code, cell => (long)numbers[cell.Index]);
        foreach (var applicant in Applicants)
        {
            values[$"3.3.7:{applicant}"] = Results.Sum(row => values[$"{row}:{applicant}"]);
            values[$"3.1:{applicant}"] += Math.Max(0, values[$"3.3.7:{applicant}"] - values[$"3.1:{applicant}"] - values[$"3.2:{applicant}"]);
            values[$"3.4:{applicant}"] = values[$"3.1:{applicant}"] + values[$"3.2:{applicant}"] - values[$"3.3.7:{applicant}"];
        }

        foreach (var row in Form.Layout.Rows.Where(row => row.Section == "3").Select(row => row.Indicator))
            values[$"{row}:total"] = Applicants.Sum(column => values[$"{row}:{column}"]);
        foreach (var row in Form.Layout.Rows.Where(row => row.Section == "4").Select(row => row.Indicator))
            values[$"{row}:all"] = Outcomes.Sum(column => values[$"{row}:{column}"]);
        return values;
    }

    /// <summary>A busy office: the cell at place n says 100 + n before totals are made.</summary>
    public static (string Cell, long Value)[] Busy { get; } =
        [.. Holding([.. Enumerable.Range(100, Form.Cells.Length)]).Select(pair => (pair.Key, pair.Value))];

    public static Vector Of(IEnumerable<KeyValuePair<string, long>> values) =>
        Report.Sparse(Form, [.. values.Select(pair => (pair.Key, pair.Value))]);
}
