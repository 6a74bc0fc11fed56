using System.Numerics;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Expressions;

namespace Aggregation.Domain.Forms;

/// <summary>
/// A ratio of two sums of cells, such as a reply rate or a share. It is computed when read, from the parts as summed at
/// that unit, because ratios do not sum.
/// </summary>
public sealed class DerivedIndicator
{
    private readonly LinearExpression _numerator;
    private readonly LinearExpression _denominator;

    internal DerivedIndicator(string code, string nameZh, string nameEn, string unitOfMeasure, int decimals, bool percent,
        LinearExpression numerator, LinearExpression denominator)
    {
        Code = code;
        NameZh = nameZh;
        NameEn = nameEn;
        UnitOfMeasure = unitOfMeasure;
        Decimals = decimals;
        IsPercent = percent;
        _numerator = numerator;
        _denominator = denominator;
    }

    /// <summary>Unique among the form's cells and derived indicators.</summary>
    public string Code { get; }

    public string NameZh { get; }

    public string NameEn { get; }

    /// <summary>Such as <c>%</c>.</summary>
    public string UnitOfMeasure { get; }

    /// <summary>Decimals of the result, 0 to 6.</summary>
    public int Decimals { get; }

    /// <summary>Whether the ratio is multiplied by a hundred.</summary>
    public bool IsPercent { get; }

    /// <summary>The definition's text for what is divided.</summary>
    public string Numerator => _numerator.Text;

    /// <summary>The definition's text for what it is divided by.</summary>
    public string Denominator => _denominator.Text;

    /// <summary>The exact ratio, rounded once, half away from zero, with exactly <see cref="Decimals"/> decimals.</summary>
    /// <returns>Null where a part has no cell given, or the denominator is zero.</returns>
    public decimal? Evaluate(ICellValues cells)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (!_numerator.AnyGiven(cells) || !_denominator.AnyGiven(cells))
            return null;
        var divisor = (BigInteger)_denominator.Evaluate(cells) * FixedPoint.Power(_numerator.Scale);
        if (divisor.IsZero)
            return null;
        var dividend = (BigInteger)_numerator.Evaluate(cells) * FixedPoint.Power(_denominator.Scale)
            * FixedPoint.Power(Decimals) * (IsPercent ? 100 : 1);
        var quotient = BigInteger.DivRem(dividend, divisor, out var rest);
        if (BigInteger.Abs(rest) * 2 >= BigInteger.Abs(divisor))
            quotient += dividend.Sign * divisor.Sign;
        return (decimal)quotient * new decimal(1, 0, 0, false, (byte)Decimals);
    }
}
