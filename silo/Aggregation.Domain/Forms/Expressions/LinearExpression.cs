using System.Collections.Immutable;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Expressions;

/// <summary>
/// A constant plus cells times whole coefficients, compiled to two arrays. Coefficients are already multiplied so that
/// every term counts in 10^-<see cref="Scale"/>. Terms of last year read the figures of the same period a year earlier.
/// </summary>
internal sealed class LinearExpression
{
    private readonly int[] _indexes;
    private readonly long[] _coefficients;
    private readonly Int128 _constant;
    private readonly int _now;

    /// <param name="now">How many terms are of this period: they come first, then those of last year.</param>
    public LinearExpression(
        string text, int scale, ImmutableArray<string> cells, int[] indexes, long[] coefficients, Int128 constant, int now)
    {
        Text = text;
        Scale = scale;
        Cells = cells;
        _indexes = indexes;
        _coefficients = coefficients;
        _constant = constant;
        _now = now;
    }

    /// <summary>As the definition writes it.</summary>
    public string Text { get; }

    /// <summary>Decimals of the result: the most that any cell has.</summary>
    public int Scale { get; }

    /// <summary>Codes of the cells, those of this period first, each once.</summary>
    public ImmutableArray<string> Cells { get; }

    /// <summary>Whether it can be evaluated only where last year's figures are known.</summary>
    public bool ReadsLastYear => _now < _indexes.Length;

    /// <summary>The places of the cells if each is added once and nothing else is; null otherwise.</summary>
    public ImmutableArray<int>? PlainSum => !ReadsLastYear && _constant == 0 && _coefficients.All(coefficient => coefficient == 1)
        ? [.. _indexes]
        : null;

    public bool AnyGiven(ICellValues cells, ICellValues? lastYear = null)
    {
        for (var i = 0; i < _indexes.Length; i++)
        {
            if ((i < _now ? cells : lastYear)?.Has(_indexes[i]) == true)
                return true;
        }

        return false;
    }

    /// <summary>The value in 10^-<see cref="Scale"/>; an empty cell counts as 0. Cannot overflow: the parser bounds
    /// the number of terms and their coefficients.</summary>
    /// <param name="lastYear">Needed where <see cref="ReadsLastYear"/>.</param>
    public Int128 Evaluate(ICellValues cells, ICellValues? lastYear = null)
    {
        var sum = _constant;
        for (var i = 0; i < _indexes.Length; i++)
            sum = checked(sum + ((Int128)_coefficients[i] * (i < _now ? cells : lastYear!)[_indexes[i]]));
        return sum;
    }
}
