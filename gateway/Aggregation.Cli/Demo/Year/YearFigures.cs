using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.V1;
using CsvHelper;
using CsvHelper.Configuration;

namespace Aggregation.Cli.Demo.Year;

/// <summary>
/// figures.csv: the made-up figures of every unit. A cell is least + times × ((line × n + period × p) mod span), or the sum of cells
/// above it; n is the unit's line in units.csv, p the task's number in the script, both from 1.
/// </summary>
internal sealed class YearFigures
{
    private readonly List<Rule> _rules;

    private YearFigures(List<Rule> rules) => _rules = rules;

    public static YearFigures Read(FileInfo file)
    {
        using var text = file.OpenText();
        using var csv = new CsvReader(text, new CsvConfiguration(CultureInfo.InvariantCulture) { PrepareHeaderForMatch = header => header.Header.ToUpperInvariant() });
        return new YearFigures([.. csv.GetRecords<Rule>()]);
    }

    /// <summary>What a unit sends: totals that the platform fills in are left out.</summary>
    /// <param name="given">Figures that go before their rule, and into the sums.</param>
    public IEnumerable<Cell> Of(string form, int n, int p, IReadOnlyDictionary<string, decimal> given)
    {
        var cells = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var rule in _rules.Where(rule => rule.Form == form))
        {
            var value = given.TryGetValue(rule.Cell, out var stated) ? stated
                : rule.Sum.Length > 0 ? rule.Sum.Split(' ').Sum(part => cells[part])
                : rule.Least!.Value + (rule.Times!.Value * (((rule.Line!.Value * n) + (rule.Period!.Value * p)) % rule.Span!.Value));
            cells.Add(rule.Cell, value);
            if (rule.Filled.Length == 0)
            {
                yield return new Cell { Code = rule.Cell, Amount = Amount(value) };
            }
        }
    }

    private static Amount Amount(decimal value) => AmountText.TryParse(value.ToString(CultureInfo.InvariantCulture), out var amount)
        ? amount
        : throw new CommandFailedException($"figures.csv gives {value.ToString(CultureInfo.InvariantCulture)}, which is no amount.");

    private sealed record Rule(
        string Form, string Cell, decimal? Least, decimal? Times, int? Line, int? Period, int? Span, string Sum, string Filled);
}
