using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Checks;

namespace Aggregation.Domain.Forms.Expressions;

/// <summary>
/// A constant plus cells times whole coefficients, compiled to two arrays. Coefficients are already multiplied so that
/// every term counts in 10^-<see cref="Scale"/>. Terms of the report that is checked come first, then those of each other one.
/// </summary>
internal sealed class LinearExpression
{
    private readonly int[] _indexes;
    private readonly long[] _coefficients;
    private readonly Int128 _constant;
    private readonly int _now;
    private readonly Stretch[] _others;

    /// <param name="now">How many terms are of the report that is checked.</param>
    /// <param name="others">Of which reports the terms after these are.</param>
    public LinearExpression(
        string text, int scale, ImmutableArray<string> cells, int[] indexes, long[] coefficients, Int128 constant, int now, Stretch[] others)
    {
        Text = text;
        Scale = scale;
        Cells = cells;
        Sources = [.. others.Select(other => other.Source)];
        _indexes = indexes;
        _coefficients = coefficients;
        _constant = constant;
        _now = now;
        _others = others;
    }

    /// <summary>As the definition writes it.</summary>
    public string Text { get; }

    /// <summary>Decimals of the result: the most that any cell has.</summary>
    public int Scale { get; }

    /// <summary>Codes of the cells of this form, those of the report that is checked first, each once.</summary>
    public ImmutableArray<string> Cells { get; }

    /// <summary>The other reports that it reads, each once. It can be evaluated only where all of them are known.</summary>
    public ImmutableArray<CellSource> Sources { get; }

    /// <summary>The places of the cells if each is added once and nothing else is; null otherwise.</summary>
    public ImmutableArray<int>? PlainSum =>
        Sources.IsEmpty && _constant == 0 && _coefficients.All(coefficient => coefficient == 1) ? [.. _indexes] : null;

    /// <summary>Whether a cell is given, of an expression that reads no other report.</summary>
    public bool AnyGiven(ICellValues cells) => AnyGiven(cells, 0, _now);

    /// <summary>Whether a cell is given, in any of the reports.</summary>
    public bool AnyGiven(in CheckInput input)
    {
        var given = AnyGiven(input.Cells, 0, _now);
        var from = _now;
        foreach (var other in _others)
        {
            given = given || (input.Of(other.Source) is { } cells && AnyGiven(cells, from, other.End));
            from = other.End;
        }

        return given;
    }

    /// <summary>The value in 10^-<see cref="Scale"/>, of an expression that reads no other report; an empty cell counts as 0.
    /// Cannot overflow: the parser bounds the number of terms and their coefficients.</summary>
    public Int128 Evaluate(ICellValues cells) => _constant + Sum(cells, 0, _now);

    /// <summary>As <see cref="Evaluate"/>.</summary>
    /// <returns>Whether all reports that it reads are known.</returns>
    public bool TryEvaluate(in CheckInput input, out Int128 value)
    {
        value = Evaluate(input.Cells);
        var from = _now;
        foreach (var other in _others)
        {
            if (input.Of(other.Source) is not { } cells)
                return false;
            value = checked(value + Sum(cells, from, other.End));
            from = other.End;
        }

        return true;
    }

    private Int128 Sum(ICellValues cells, int from, int end)
    {
        Int128 sum = 0;
        for (var i = from; i < end; i++)
            sum = checked(sum + ((Int128)_coefficients[i] * cells[_indexes[i]]));
        return sum;
    }

    private bool AnyGiven(ICellValues cells, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            if (cells.Has(_indexes[i]))
                return true;
        }

        return false;
    }

    /// <summary>The terms up to one that are of one report.</summary>
    public readonly record struct Stretch(CellSource Source, int End);
}
