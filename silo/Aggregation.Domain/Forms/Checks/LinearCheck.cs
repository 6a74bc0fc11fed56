using System.Collections.Immutable;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms.Expressions;

namespace Aggregation.Domain.Forms.Checks;

/// <summary>
/// A comparison of two linear expressions of cells. One that reads the unit's other reports applies only where all of them
/// were filed; a nil return counts as zeros.
/// </summary>
internal sealed class LinearCheck : Check
{
    private readonly LinearExpression _left;
    private readonly Comparison _comparison;
    private readonly LinearExpression _right;
    private readonly Int128 _leftFactor;
    private readonly Int128 _rightFactor;
    private readonly string _messageZh;
    private readonly string _messageEn;

    public LinearCheck(string id, Severity severity, string rule, LinearExpression left, Comparison comparison,
        LinearExpression right, string messageZh, string messageEn)
        : base(id, severity, rule, [.. left.Cells.Union(right.Cells, StringComparer.Ordinal)])
    {
        Sources = [.. left.Sources.Union(right.Sources)];
        _left = left;
        _comparison = comparison;
        _right = right;
        var scale = Math.Max(left.Scale, right.Scale);
        _leftFactor = FixedPoint.Power(scale - left.Scale);
        _rightFactor = FixedPoint.Power(scale - right.Scale);
        _messageZh = messageZh;
        _messageEn = messageEn;
    }

    public override ImmutableArray<CellSource> Sources { get; }

    internal override void Evaluate(in CheckInput input, ref List<Finding>? findings)
    {
        if (!_left.TryEvaluate(input, out var left) || !_right.TryEvaluate(input, out var right))
            return;
        if (Holds(checked(left * _leftFactor), checked(right * _rightFactor)))
            return;
        if (!_left.AnyGiven(input) && !_right.AnyGiven(input))
            return;
        var leftText = FixedPoint.Format(left, _left.Scale);
        var rightText = FixedPoint.Format(right, _right.Scale);
        findings ??= [];
        findings.Add(new Finding(Id, Severity, Cells, $"{leftText} : {rightText}", Rule,
            Fill(_messageZh, leftText, rightText), Fill(_messageEn, leftText, rightText)));
    }

    /// <summary>A message may hold the numbers of both sides and no other braces.</summary>
    public static bool HasOnlyPlaceholders(string message) => !Fill(message, "", "").AsSpan().ContainsAny('{', '}');

    private bool Holds(Int128 left, Int128 right) => _comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.AtMost => left <= right,
        Comparison.AtLeast => left >= right,
        Comparison.Less => left < right,
        _ => left > right,
    };

    private static string Fill(string message, string left, string right) => message
        .Replace("{left}", left, StringComparison.Ordinal)
        .Replace("{right}", right, StringComparison.Ordinal);
}
