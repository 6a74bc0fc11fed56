using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Expressions;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Checks the parts of a definition against each other and compiles them.</summary>
internal sealed class FormCompiler(FormDefinition definition, FaultList faults)
{
    private readonly CellLayout _layout = new(definition, faults);
    private readonly List<Cell> _cells = [];
    private readonly Dictionary<string, Cell> _byCode = new(StringComparer.Ordinal);
    private Func<string, FormCells?> _forms = static _ => null;

    /// <summary>What rules, also those of other forms, may name. Empty before <see cref="Lay"/>.</summary>
    public FormCells Cells => new(definition.Id, _cells, _byCode, definition.Periods);

    /// <summary>Lays the cells out, to which the rules of every form may refer.</summary>
    public void Lay()
    {
        if (definition.FirstYear > definition.LastYear)
            faults.Add("form", $"'lastYear' is {definition.LastYear}, before 'firstYear' {definition.FirstYear}");
        NoteRepeated("section", definition.Sections.Select(section => section.Code));
        NoteRepeated("column", definition.Columns.Select(column => column.Code));
        NoteRepeated("heading", definition.Headings.Select(heading => heading.Code));
        foreach (var cell in _layout.Lay())
        {
            if (!_byCode.TryAdd(cell.Code, cell))
                faults.Add($"cell {cell.Code}", "the code stands more than once");
            else
                _cells.Add(cell with { Index = _cells.Count });
        }

        foreach (var cell in _cells)
            _byCode[cell.Code] = cell;
        if (_cells.Count == 0)
            faults.Add("form", "it has no cell");
    }

    /// <summary>The form; meaningless if faults have been noted.</summary>
    /// <param name="forms">Finds the other forms, laid out.</param>
    public Form Compile(string contentHash, Func<string, FormCells?> forms)
    {
        _forms = forms;
        var fills = new FillCompiler(_cells, faults);
        var outliers = OutlierReader.Compile(definition.Outliers, _byCode, faults);
        var checks = CompileChecks(fills);
        checks.AddRange(CompileOutliers(outliers));
        var derived = CompileDerived();
        var identity = new FormIdentity(definition.Id, definition.Name.Zh, definition.Name.En, contentHash,
            [.. definition.Periods], definition.FirstYear, definition.LastYear, definition.PlansAhead);
        return new Form(identity,
            [.. definition.Sections.Select(section => new Section(
                section.Code, section.Name.Zh, section.Name.En, section.Corner?.Zh ?? "", section.Corner?.En ?? "", section.Across))],
            [.. _cells], [.. checks], [.. derived], fills.Order(), new LayoutCompiler(definition, _layout, faults).Compile())
        {
            Outliers = outliers,
            Others = forms,
        };
    }

    private static IEnumerable<Check> CompileOutliers(OutlierRules? outliers)
    {
        if (outliers?.History is { } history)
            yield return OutlierCheck.OfHistory(outliers, history);
        if (outliers?.Peers is { } peers)
            yield return OutlierCheck.OfPeers(outliers, peers);
    }

    private List<Check> CompileChecks(FillCompiler fills)
    {
        var checks = new List<Check>();
        var expansion = new CheckExpansion(definition, _layout, faults);
        List<CheckDefinition> written = [.. definition.Checks.SelectMany(expansion.Expand)];
        NoteRepeated("check", written.Select(check => check.Id));
        foreach (var check in written)
        {
            var subject = $"check {check.Id}";
            if (check.Id is "narrative" or "filed-early" or "quarters" or "outlier-history" or "outlier-peers" or SumBelowCheck.CheckId)
                faults.Add(subject, "a check of this id is the platform's own");
            if (check.Change is { } change)
                checks.Add(CompileChange(check, change, subject));
            else if (check is { Rule.Length: > 0, Message: { } message } && CompileRule(check, message, fills) is { } rule)
                checks.Add(rule);
        }

        checks.Add(new NarrativeCheck([.. _cells]));
        checks.Add(new FiledEarlyCheck());
        checks.Add(new SumBelowCheck([.. _cells]));
        if (definition.Periods.Contains(PeriodKind.Year) && definition.Periods.Contains(PeriodKind.Quarter))
            checks.Add(new QuartersCheck([.. _cells]));
        return checks;
    }

    private LinearCheck? CompileRule(CheckDefinition check, LocalText message, FillCompiler fills)
    {
        var subject = $"check {check.Id}";
        NotePlaceholders(subject, message.Zh);
        NotePlaceholders(subject, message.En);
        try
        {
            var (left, comparison, right) = ExpressionParser.ParseRule(check.Rule!, Cells, _forms);
            if (check.Severity != Severity.Soft && !(left.Sources.IsEmpty && right.Sources.IsEmpty))
                faults.Add(subject, "a comparison with another report is soft: the other one may be wrong");
            if (check.Fills)
                fills.Add(check, left, comparison, right);
            return new LinearCheck(check.Id, check.Severity, check.Rule!, left, comparison, right, message.Zh, message.En);
        }
        catch (ExpressionException fault)
        {
            faults.Add(subject, fault.Message);
            return null;
        }
    }

    private ChangeCheck CompileChange(CheckDefinition check, ChangeDefinition change, string subject)
    {
        if (check.Severity != Severity.Soft)
            faults.Add(subject, "a change is soft: it can be true");
        foreach (var code in change.Cells ?? [])
        {
            if (!_byCode.ContainsKey(code))
                faults.Add(subject, $"cell '{code}' is unknown");
        }

        var cells = change.Cells is null
            ? _cells.Where(cell => cell.Kind == CellKind.Flow)
            : _cells.Where(cell => change.Cells.Contains(cell.Code, StringComparer.Ordinal));
        return new ChangeCheck(check.Id, check.Severity, change.Percent, change.Number, [.. cells]);
    }

    private List<DerivedIndicator> CompileDerived()
    {
        var derived = new List<DerivedIndicator>();
        NoteRepeated("derived", definition.Derived.Select(indicator => indicator.Code));
        foreach (var indicator in definition.Derived)
        {
            var subject = $"derived {indicator.Code}";
            if (_byCode.ContainsKey(indicator.Code))
                faults.Add(subject, "a cell has the same code");
            if (CompileSide(subject, "numerator", indicator.Numerator) is { } numerator
                && CompileSide(subject, "denominator", indicator.Denominator) is { } denominator)
            {
                derived.Add(new DerivedIndicator(indicator.Code, indicator.Name.Zh, indicator.Name.En, indicator.Unit,
                    indicator.Decimals, indicator.Percent, numerator, denominator));
            }
        }

        return derived;
    }

    private LinearExpression? CompileSide(string subject, string name, string text)
    {
        if (text.Length == 0)
            return null;
        try
        {
            var side = ExpressionParser.ParseSide(text, Cells, _forms);
            if (!side.Sources.IsEmpty)
                faults.Add(subject, $"'{name}' is '{text}', which reads another report");
            if (!side.Cells.IsEmpty)
                return side;
            faults.Add(subject, $"'{name}' is '{text}', which names no cell");
        }
        catch (ExpressionException fault)
        {
            faults.Add(subject, fault.Message);
        }

        return null;
    }

    private void NotePlaceholders(string subject, string message)
    {
        if (!LinearCheck.HasOnlyPlaceholders(message))
            faults.Add(subject, $"message '{message}' holds a placeholder other than {{left}} and {{right}}");
    }

    private void NoteRepeated(string what, IEnumerable<string> codes)
    {
        foreach (var repeated in codes.Where(code => code.Length > 0).CountBy(code => code, StringComparer.Ordinal))
        {
            if (repeated.Value > 1)
                faults.Add($"{what} {repeated.Key}", "the code stands more than once");
        }
    }
}
