using System.Globalization;
using System.Text.RegularExpressions;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>Days written out, year first; what could be meant twice, such as 1/2/2025, is none.</summary>
internal static partial class WrittenDay
{
    /// <summary>2025-01-21, 2025/1/21, 2025.1.21, 20250121 or 2025年1月21日, with or without a time of day; null for anything else.</summary>
    public static DateTime? Read(string text)
    {
        var match = Pattern().Match(text.Trim());
        return match.Success && DateTime.TryParseExact(
            $"{match.Groups["y"].Value}-{match.Groups["m"].Value}-{match.Groups["d"].Value} {(match.Groups["t"].Success ? match.Groups["t"].Value : "0:0:0")}",
            ["yyyy-M-d H:m:s", "yyyy-M-d H:m"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
                ? time
                : null;
    }

    [GeneratedRegex(
        @"^(?<y>\d{4})(?:-(?<m>\d{1,2})-(?<d>\d{1,2})|/(?<m>\d{1,2})/(?<d>\d{1,2})|\.(?<m>\d{1,2})\.(?<d>\d{1,2})|年(?<m>\d{1,2})月(?<d>\d{1,2})日|(?<m>\d{2})(?<d>\d{2}))"
        + @"(?:[T ]+(?<t>\d{1,2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})?)?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
