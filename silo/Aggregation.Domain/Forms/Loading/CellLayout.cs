using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Lays a definition's indicators and columns out as cells, in the order written.</summary>
internal sealed class CellLayout
{
    /// <summary>Every cell's bound times this many units fits the integer that sums it.</summary>
    public const long MaxUnits = 1_000_000;

    private readonly FormDefinition _definition;
    private readonly FaultList _faults;
    private readonly Dictionary<string, IndicatorDefinition> _indicators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ColumnDefinition> _columns = new(StringComparer.Ordinal);
    private readonly HashSet<string> _sections = new(StringComparer.Ordinal);

    public CellLayout(FormDefinition definition, FaultList faults)
    {
        _definition = definition;
        _faults = faults;
        foreach (var indicator in definition.Indicators)
            _indicators.TryAdd(indicator.Code, indicator);
        foreach (var column in definition.Columns)
            _columns.TryAdd(column.Code, column);
        foreach (var section in definition.Sections)
            _sections.Add(section.Code);
    }

    /// <summary>All cells, each with index 0: the caller numbers those it keeps.</summary>
    public List<Cell> Lay()
    {
        var cells = new List<Cell>();
        foreach (var indicator in _definition.Indicators)
        {
            Check(indicator);
            if (indicator.Columns.Count == 0)
                cells.Add(Lay(indicator, null));
            foreach (var code in indicator.Columns)
            {
                if (_columns.TryGetValue(code, out var column))
                    cells.Add(Lay(indicator, column));
                else
                    _faults.Add($"cell {indicator.Code}", $"column '{code}' is unknown");
            }
        }

        return cells;
    }

    private Cell Lay(IndicatorDefinition indicator, ColumnDefinition? column) => new(
        CodeOf(indicator.Code, column?.Code),
        0,
        indicator.Code,
        column?.Code,
        column is null ? indicator.Name.Zh : $"{indicator.Name.Zh}（{column.Name.Zh}）",
        column is null ? indicator.Name.En : $"{indicator.Name.En} ({column.Name.En})",
        indicator.Unit,
        indicator.Scale,
        column?.Kind ?? indicator.Kind,
        indicator.Max ?? _definition.Max,
        indicator.Section,
        ParentOf(indicator, column));

    /// <summary>The parent's cell in the same column, or the parent itself where it has no columns.</summary>
    private string? ParentOf(IndicatorDefinition indicator, ColumnDefinition? column)
    {
        if (indicator.Parent is null || !_indicators.TryGetValue(indicator.Parent, out var parent))
            return null;
        if (parent.Columns.Count == 0)
            return parent.Code;
        return column is not null && parent.Columns.Contains(column.Code, StringComparer.Ordinal)
            ? CodeOf(parent.Code, column.Code)
            : null;
    }

    private static string CodeOf(string indicator, string? column) => column is null ? indicator : $"{indicator}:{column}";

    private void Check(IndicatorDefinition indicator)
    {
        var subject = $"cell {indicator.Code}";
        if (indicator.Section.Length > 0 && !_sections.Contains(indicator.Section))
            _faults.Add(subject, $"section '{indicator.Section}' is unknown");
        if (indicator.Parent is not null && !_indicators.ContainsKey(indicator.Parent))
            _faults.Add(subject, $"parent '{indicator.Parent}' is unknown");
        else
            CheckCycle(indicator, subject);
        var max = indicator.Max ?? _definition.Max;
        if ((Int128)max * FixedPoint.Power(indicator.Scale) * MaxUnits > long.MaxValue)
        {
            _faults.Add(subject, $"bound {max} with {indicator.Scale} decimals overflows in a sum of {MaxUnits} units");
        }
    }

    private void CheckCycle(IndicatorDefinition indicator, string subject)
    {
        var path = new List<string> { indicator.Code };
        for (var next = indicator.Parent; next is not null; next = _indicators.GetValueOrDefault(next)?.Parent)
        {
            path.Add(next);
            if (next == indicator.Code)
            {
                _faults.Add(subject, $"cycle of parents: {string.Join(" → ", path)}");
                return;
            }

            // A cycle further up is the fault of the cells on it.
            if (path.Count > _indicators.Count)
                return;
        }
    }
}
