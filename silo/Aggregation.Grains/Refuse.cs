using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;

namespace Aggregation.Grains;

/// <summary>The refusals that more than one grain makes, so that each reads the same everywhere.</summary>
internal static class Refuse
{
    public static RefusedException Invalid(string message, params ImmutableArray<Violation> violations) =>
        new(RefusalKind.Invalid, message, violations);

    public static RefusedException Invalid(string field, string? value, string rule, string messageZh, string messageEn) =>
        Invalid($"{field} '{value}': {messageEn}", new Violation
        {
            Field = field,
            Value = value ?? "",
            Rule = rule,
            MessageZh = messageZh,
            MessageEn = messageEn,
        });

    public static RefusedException NotFound(string what, string name) =>
        new(RefusalKind.NotFound, $"There is no {what} '{name}'.");

    /// <summary>Says how a unit left, and who took over.</summary>
    /// <param name="kind">Not found, for a total that there is no more; failed precondition, for a report that takes nothing any more.</param>
    public static RefusedException Left(RefusalKind kind, Departure left)
    {
        var (unit, day) = (left.Unit.Code, left.On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var violation = new Violation
        {
            Field = "unit",
            Value = unit,
            Rule = ChangeRules.InForce,
            MessageZh = $"单位“{unit}”自 {day} 起不在机构树 {left.Tree} 中，{(left.Successor is { } heir ? $"由“{heir}”承接" : "无承接单位")}；其已报内容仍可查阅，不再计入汇总",
            MessageEn = $"'{unit}' left tree {left.Tree} on {day}; {(left.Successor is { } successor ? $"'{successor}' took over" : "nobody took over")}. "
                + "What it filed stays to be read and counts in no total",
        };
        return new RefusedException(kind, $"{violation.MessageEn}.", [violation]);
    }

    public static RefusedException Forbidden(string right, string unit) =>
        new(RefusalKind.Forbidden, $"This key may not {right} '{unit}'.");

    public static RefusedException Unavailable(string why) => new(RefusalKind.Unavailable, why);
}
