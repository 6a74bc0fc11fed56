using System.Text.RegularExpressions;

namespace Aggregation.Deploy.Tests.Prometheus;

/// <summary>Which metrics a query names.</summary>
internal static partial class Metrics
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal) { "and", "or", "unless", "bool", "offset" };

    public static IReadOnlyList<string> In(string query)
    {
        var bare = Quoted().Replace(query, "\"\"");
        bare = Labels().Replace(bare, "{}");
        bare = Grouping().Replace(bare, "");
        bare = Ranges().Replace(bare, "");
        return [.. Name().Matches(bare).Select(static match => match.Value).Where(static name => !Words.Contains(name)).Distinct(StringComparer.Ordinal)];
    }

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\[[^\]]*\]")]
    private static partial Regex Ranges();

    /// <summary>A word that no bracket follows, which would make it a function.</summary>
    [GeneratedRegex(@"[a-zA-Z_:][a-zA-Z0-9_:]*(?![a-zA-Z0-9_:]|\s*\()")]
    private static partial Regex Name();
}
