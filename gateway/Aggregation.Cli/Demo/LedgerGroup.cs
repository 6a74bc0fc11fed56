using Aggregation.Cli.Files;
using Aggregation.V1;

namespace Aggregation.Cli.Demo;

/// <summary>Sample submissions that sum up at one province: what the province's total must be.</summary>
internal sealed record LedgerGroup(string Province, string Form, string Period, IReadOnlyList<SubmissionItem> Items)
{
    private const long NanosPerUnit = 1_000_000_000;

    public TotalSelector Selector => new() { Unit = Province, Form = Form, Period = Period, Scope = Scope.Region, Layer = Layer.Submitted };

    public static IReadOnlyList<LedgerGroup> Of(SampleTenant tenant) =>
    [
        .. tenant.Submissions
            .GroupBy(item => (Province: tenant.ProvinceOf(item.Request.Unit), item.Request.Form, item.Request.Period))
            .Select(group => new LedgerGroup(group.Key.Province, group.Key.Form, group.Key.Period, [.. group]))
            .OrderBy(group => group.Province, StringComparer.Ordinal)
            .ThenBy(group => group.Period, StringComparer.Ordinal)
            .ThenBy(group => group.Form, StringComparer.Ordinal),
    ];

    /// <summary>Whether a total holds exactly the sum of the files, cell by cell.</summary>
    public bool Matches(Total total)
    {
        var expected = Sum(Items.SelectMany(item => item.Request.Cells).Select(cell => (cell.Code, cell.Amount)));
        var actual = Sum(total.Cells.Select(cell => (cell.Code, cell.Amount)));
        return expected.Count == actual.Count && expected.All(cell => actual.TryGetValue(cell.Key, out var value) && value == cell.Value);
    }

    /// <summary>Exact sums in billionths, by cell.</summary>
    internal static Dictionary<string, Int128> Sum(IEnumerable<(string Code, Amount Amount)> cells)
    {
        var sums = new Dictionary<string, Int128>(StringComparer.Ordinal);
        foreach (var (code, amount) in cells)
        {
            sums[code] = sums.GetValueOrDefault(code) + ((Int128)amount.Units * NanosPerUnit) + amount.Nanos;
        }

        return sums;
    }
}
