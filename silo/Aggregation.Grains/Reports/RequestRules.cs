using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Contracts;

namespace Aggregation.Grains.Reports;

/// <summary>What every request about a report must be, and how it is refused where it is not.</summary>
internal static class RequestRules
{
    /// <summary>Longest text of an explanation or a reason, in characters.</summary>
    public const int LongestText = 2000;

    public static void RequireRequestId(string requestId, ImmutableArray<Violation>.Builder violations)
    {
        if (requestId.Length is 0 or > 64)
        {
            violations.Add(new Violation
            {
                Field = "request_id",
                Value = requestId,
                Rule = "1–64 characters",
                MessageZh = "请求号应有 1 至 64 个字符",
                MessageEn = "a request id has 1 to 64 characters",
            });
        }
    }

    public static RefusedException Broken(ImmutableArray<Violation> violations) => Refuse.Invalid(
        violations.Length == 1
            ? $"{violations[0].Field} '{violations[0].Value}': {violations[0].MessageEn}"
            : string.Create(CultureInfo.InvariantCulture, $"{violations.Length} rules are broken, the first: {violations[0].MessageEn}"),
        violations);
}
