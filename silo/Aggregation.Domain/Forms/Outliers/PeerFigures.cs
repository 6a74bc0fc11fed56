using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Outliers;

/// <summary>
/// What units beside each other reported, sorted once, so that the sample of each without its own report takes no sorting.
/// Immutable.
/// </summary>
public sealed class PeerFigures
{
    private readonly Dictionary<string, int> _units;
    private readonly long?[][] _given;
    private readonly long[][] _sorted;

    /// <param name="rules">Of the form that the reports are of.</param>
    /// <param name="reports">By unit, each once, in any order.</param>
    public PeerFigures(OutlierRules rules, IReadOnlyList<KeyValuePair<string, ICellValues>> reports)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(reports);
        _units = new Dictionary<string, int>(reports.Count, StringComparer.Ordinal);
        foreach (var (unit, _) in reports)
            _units.Add(unit, _units.Count);
        _given =
        [
            .. rules.Cells.Select(cell => reports
                .Select(report => report.Value.Has(cell.Index) ? report.Value[cell.Index] : (long?)null).ToArray()),
        ];
        _sorted = [.. rules.Cells.Select(cell => OutlierSample.Sorted(cell, reports.Select(report => report.Value)))];
    }

    /// <summary>The sample of all units but one.</summary>
    public OutlierSample Without(string unit)
    {
        var isHere = _units.TryGetValue(unit, out var place);
        var spreads = new Spread[_sorted.Length];
        for (var cell = 0; cell < spreads.Length; cell++)
            spreads[cell] = Spread.Of(isHere && _given[cell][place] is { } own ? Without(_sorted[cell], own) : _sorted[cell]);
        return new OutlierSample(spreads);
    }

    private static long[] Without(long[] sorted, long value)
    {
        var at = Array.BinarySearch(sorted, value);
        var rest = new long[sorted.Length - 1];
        sorted.AsSpan(0, at).CopyTo(rest);
        sorted.AsSpan(at + 1).CopyTo(rest.AsSpan(at));
        return rest;
    }
}
