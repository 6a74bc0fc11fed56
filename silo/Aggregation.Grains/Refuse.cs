using System.Collections.Immutable;
using Aggregation.Contracts;

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

    public static RefusedException Forbidden(string right, string unit) =>
        new(RefusalKind.Forbidden, $"This key may not {right} '{unit}'.");

    public static RefusedException Unavailable(string why) => new(RefusalKind.Unavailable, why);
}
