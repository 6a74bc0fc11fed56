using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Expressions;
using Aggregation.Domain.Forms.Outliers;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms;

/// <summary>A compiled form: the layout of its vectors, its checks and its derived indicators. Immutable.</summary>
public sealed class Form
{
    private readonly FrozenDictionary<string, Cell> _byCode;

    internal Form(FormIdentity identity, ImmutableArray<Section> sections, ImmutableArray<Cell> cells,
        ImmutableArray<Check> checks, ImmutableArray<DerivedIndicator> derived, ImmutableArray<CellFill> fills, FormLayout layout)
    {
        Identity = identity;
        Sections = sections;
        Cells = cells;
        Checks = checks;
        Derived = derived;
        Fills = fills;
        Layout = layout;
        References = [.. checks.SelectMany(check => check.Sources).Where(source => source.Form is not null).Distinct()];
        _byCode = cells.ToFrozenDictionary(cell => cell.Code, StringComparer.Ordinal);
    }

    /// <summary>The form's code, such as <c>2014</c>.</summary>
    public string Id => Identity.Id;

    public string NameZh => Identity.NameZh;

    public string NameEn => Identity.NameEn;

    /// <summary>SHA-256 of the canonical definition, as 64 lower-case hexadecimal digits: it changes with any change of
    /// content and with none of layout or property order.</summary>
    public string ContentHash => Identity.ContentHash;

    /// <summary>The kinds of period that the form is reported for.</summary>
    public ImmutableArray<PeriodKind> Periods => Identity.Periods;

    /// <summary>The first year that the form is in use, or null.</summary>
    public int? FirstYear => Identity.FirstYear;

    /// <summary>The last year that the form is in use, or null.</summary>
    public int? LastYear => Identity.LastYear;

    /// <summary>The form plans: it may be filed before its period begins.</summary>
    public bool PlansAhead => Identity.PlansAhead;

    public ImmutableArray<Section> Sections { get; }

    /// <summary>The cells in dense order: <c>Cells[i].Index == i</c>.</summary>
    public ImmutableArray<Cell> Cells { get; }

    /// <summary>The definition's own checks in order, then those that every form has.</summary>
    public ImmutableArray<Check> Checks { get; }

    /// <summary>Indicators computed at read time from summed cells.</summary>
    public ImmutableArray<DerivedIndicator> Derived { get; }

    /// <summary>The totals that may be filled in, each after those that it is made of.</summary>
    public ImmutableArray<CellFill> Fills { get; }

    /// <summary>How the form is printed.</summary>
    public FormLayout Layout { get; }

    /// <summary>Where and how outliers are looked for; null: they are not.</summary>
    public OutlierRules? Outliers { get; internal init; }

    /// <summary>Reports on other forms that the form's own checks read.</summary>
    public ImmutableArray<CellSource> References { get; }

    /// <summary>What rules may name of the form.</summary>
    internal FormCells CellsByCode => new(Id, Cells, _byCode, Periods);

    /// <summary>Finds the other forms, for rules.</summary>
    internal Func<string, FormCells?> Others { get; init; } = static _ => null;

    private FormIdentity Identity { get; }

    /// <summary>Finds a cell by its code.</summary>
    public bool TryGetCell(string? code, [NotNullWhen(true)] out Cell? cell)
    {
        cell = null;
        return code is not null && _byCode.TryGetValue(code, out cell);
    }

    /// <summary>The cell's place in the vectors.</summary>
    /// <exception cref="KeyNotFoundException">The form has no such cell.</exception>
    public int IndexOf(string code) => TryGetCell(code, out var cell)
        ? cell.Index
        : throw new KeyNotFoundException($"Form {Id} has no cell '{code}'.");

    /// <summary>Whether the form is reported for such a period: its kind and its year.</summary>
    public bool Accepts(Period period) => period.IsDefined && Periods.Contains(period.Kind)
        && period.Year >= (FirstYear ?? Period.FirstYear) && period.Year <= (LastYear ?? int.MaxValue);

    /// <summary>Runs every check. Allocates nothing when all hold.</summary>
    /// <returns>The findings in the order of <see cref="Checks"/>; empty when all hold.</returns>
    /// <exception cref="ArgumentException">A vector is not of this form's layout.</exception>
    public ImmutableArray<Finding> Check(in CheckInput input) => Check(input, Checks);

    /// <summary>Runs these checks, which were compiled for this form, instead of its own.</summary>
    /// <inheritdoc cref="Check(in CheckInput)"/>
    public ImmutableArray<Finding> Check(in CheckInput input, ImmutableArray<Check> checks)
    {
        Require(input);
        List<Finding>? findings = null;
        foreach (var check in checks)
            check.Evaluate(input, ref findings);
        return findings is null ? [] : [.. findings];
    }

    private void Require(in CheckInput input)
    {
        Require(input.Cells);
        if (input.SamePeriodLastYear is { } earlier)
            Require(earlier);
        if (input.Quarters is { } quarters)
            Require(quarters.YearToDate);
        if (input.Narrative is { } narrative)
            Require(narrative);
    }

    /// <summary>
    /// Fills in the totals that a report leaves empty although it gives parts of them. A total that is given stays as it is,
    /// right or wrong; one whose parts are all empty stays empty.
    /// </summary>
    /// <param name="over">The first total whose sum is over the bound of its cell; null where there is none.</param>
    /// <returns>The same figures where nothing is filled in.</returns>
    /// <exception cref="ArgumentException">The figures are not of this form's layout.</exception>
    public Figures.Figures Fill(Figures.Figures figures, out Cell? over)
    {
        ArgumentNullException.ThrowIfNull(figures);
        Require(figures);
        over = null;
        FiguresBuilder? filled = null;
        foreach (var fill in Fills)
        {
            if (filled?.Has(fill.Total) ?? figures.Has(fill.Total))
                continue;
            Int128 sum = 0;
            var given = false;
            foreach (var part in fill.Parts)
            {
                given |= filled?.Has(part) ?? figures.Has(part);
                sum += filled?[part] ?? figures[part];
            }

            if (!given)
                continue;
            var cell = Cells[fill.Total];
            if (sum > (Int128)cell.Max * FixedPoint.Power(cell.Scale))
            {
                over = cell;
                return figures;
            }

            filled ??= new FiguresBuilder(figures);
            filled.Set(fill.Total, (long)sum);
        }

        return filled?.Build() ?? figures;
    }

    private void Require(Figures.ICellValues values)
    {
        if (values.Length != Cells.Length)
            throw new ArgumentException($"{values.Length} values are not of form {Id}, which has {Cells.Length} cells.");
    }
}
