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
    private readonly Dictionary<string, HeadingDefinition> _headings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SectionDefinition> _sections = new(StringComparer.Ordinal);

    public CellLayout(FormDefinition definition, FaultList faults)
    {
        _definition = definition;
        _faults = faults;
        foreach (var indicator in definition.Indicators)
            _indicators.TryAdd(indicator.Code, indicator);
        foreach (var column in definition.Columns)
            _columns.TryAdd(column.Code, column);
        foreach (var section in definition.Sections)
            _sections.TryAdd(section.Code, section);
        foreach (var heading in definition.Headings)
            _headings.TryAdd(heading.Code, heading);
    }

    /// <summary>All cells, each with index 0: the caller numbers those it keeps.</summary>
    public List<Cell> Lay()
    {
        var cells = new List<Cell>();
        foreach (var indicator in _definition.Indicators)
        {
            Check(indicator);
            var columns = ColumnsOf(indicator);
            if (columns.Count == 0)
                cells.Add(Lay(indicator, null));
            foreach (var code in columns)
            {
                if (_columns.TryGetValue(code, out var column))
                    cells.Add(Lay(indicator, column));
                else if (indicator.Columns.Count > 0)
                    _faults.Add($"cell {indicator.Code}", $"column '{code}' is unknown");
            }
        }

        return cells;
    }

    /// <summary>The indicator's own columns, or its section's.</summary>
    public IReadOnlyList<string> ColumnsOf(IndicatorDefinition indicator) => indicator.Columns.Count > 0
        ? indicator.Columns
        : _sections.GetValueOrDefault(indicator.Section)?.Columns ?? [];

    private Cell Lay(IndicatorDefinition indicator, ColumnDefinition? column) => new(
        CodeOf(indicator.Code, column?.Code),
        0,
        indicator.Code,
        column?.Code,
        NameOf(indicator, column, name => name.Zh, "：", "（", "）"),
        NameOf(indicator, column, name => name.En, ": ", " (", ")"),
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
        var columns = ColumnsOf(parent);
        if (columns.Count == 0)
            return parent.Code;
        return column is not null && columns.Contains(column.Code, StringComparer.Ordinal)
            ? CodeOf(parent.Code, column.Code)
            : null;
    }

    /// <summary>A name that can be told from others without the table around it: its heading, itself, its column.</summary>
    private string NameOf(IndicatorDefinition indicator, ColumnDefinition? column, Func<LocalText, string> text, string colon, string open, string close)
    {
        var heading = indicator.Under is null ? null : _headings.GetValueOrDefault(indicator.Under);
        var name = heading is null ? text(indicator.Name) : $"{text(heading.Name)}{colon}{text(indicator.Name)}";
        return column is null ? name : $"{name}{open}{text(column.Name)}{close}";
    }

    private static string CodeOf(string indicator, string? column) => column is null ? indicator : $"{indicator}:{column}";

    private void Check(IndicatorDefinition indicator)
    {
        var subject = $"cell {indicator.Code}";
        if (indicator.Section.Length > 0 && !_sections.ContainsKey(indicator.Section))
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
