using System.Collections.Immutable;
using Aggregation.Domain.Figures;

namespace Aggregation.Domain.Forms.Expressions;

/// <summary>
/// A constant plus cells times whole coefficients, compiled to two arrays. Coefficients are already multiplied so that
/// every term counts in 10^-<see cref="Scale"/>.
/// </summary>
internal sealed class LinearExpression
{
    private readonly int[] _indexes;
    private readonly long[] _coefficients;
    private readonly Int128 _constant;

    public LinearExpression(string text, int scale, ImmutableArray<string> cells, int[] indexes, long[] coefficients, Int128 constant)
    {
        Text = text;
        Scale = scale;
        Cells = cells;
        _indexes = indexes;
        _coefficients = coefficients;
        _constant = constant;
    }

    /// <summary>As the definition writes it.</summary>
    public string Text { get; }

    /// <summary>Decimals of the result: the most that any cell has.</summary>
    public int Scale { get; }

    /// <summary>Codes of the cells, in the order written.</summary>
    public ImmutableArray<string> Cells { get; }

    public bool AnyGiven(ICellValues cells)
    {
        foreach (var index in _indexes)
        {
            if (cells.Has(index))
                return true;
        }

        return false;
    }

    /// <summary>The value in 10^-<see cref="Scale"/>; an empty cell counts as 0. Cannot overflow: the parser bounds
    /// the number of terms and their coefficients.</summary>
    public Int128 Evaluate(ICellValues cells)
    {
        var sum = _constant;
        for (var i = 0; i < _indexes.Length; i++)
            sum = checked(sum + ((Int128)_coefficients[i] * cells[_indexes[i]]));
        return sum;
    }
}
