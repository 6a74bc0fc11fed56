using System.Globalization;

namespace Aggregation.Domain.Texts;

/// <summary>Days as files have them: 2017-01-31, or what a spreadsheet on a Chinese Windows makes of that, 2017/1/31 and 2017年1月31日.</summary>
/// <remarks>The year stands first in each, so that none can be meant in two ways.</remarks>
public static class DayText
{
    private static readonly string[] Formats = ["yyyy-MM-dd", "yyyy/M/d", "yyyy'年'M'月'd'日'"];

    public static bool TryRead(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
