using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms;

/// <summary>A compiled form: the layout of its vectors, its checks and its derived indicators. Immutable.</summary>
public sealed class Form
{
    private readonly FrozenDictionary<string, Cell> _byCode;

    internal Form(FormIdentity identity, ImmutableArray<Section> sections, ImmutableArray<Cell> cells,
        ImmutableArray<Check> checks, ImmutableArray<DerivedIndicator> derived)
    {
        Identity = identity;
        Sections = sections;
        Cells = cells;
        Checks = checks;
        Derived = derived;
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

    public ImmutableArray<Section> Sections { get; }

    /// <summary>The cells in dense order: <c>Cells[i].Index == i</c>.</summary>
    public ImmutableArray<Cell> Cells { get; }

    /// <summary>The definition's own checks in order, then those that every form has.</summary>
    public ImmutableArray<Check> Checks { get; }

    /// <summary>Indicators computed at read time from summed cells.</summary>
    public ImmutableArray<DerivedIndicator> Derived { get; }

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
    public ImmutableArray<Finding> Check(in CheckInput input)
    {
        Require(input.Cells);
        if (input.SamePeriodLastYear is { } earlier)
            Require(earlier);
        if (input.Quarters is { } quarters)
            Require(quarters.YearToDate);
        if (input.Narrative is { } narrative)
            Require(narrative);
        List<Finding>? findings = null;
        foreach (var check in Checks)
            check.Evaluate(input, ref findings);
        return findings is null ? [] : [.. findings];
    }

    private void Require(Figures.ICellValues values)
    {
        if (values.Length != Cells.Length)
            throw new ArgumentException($"{values.Length} values are not of form {Id}, which has {Cells.Length} cells.");
    }
}
