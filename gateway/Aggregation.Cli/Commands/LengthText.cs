using System.CommandLine.Parsing;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Cli.Commands;

/// <summary>A length of time as people write it, such as 30m, 12h or 7d, and ends given by one.</summary>
internal static class LengthText
{
    /// <summary>Far more than anything here lasts, and far less than overflows.</summary>
    private const int Most = 1_000_000;

    public static TimeSpan? Parse(ArgumentResult argument)
    {
        var text = Text(argument);
        if (Read(text) is { } length)
        {
            return length;
        }

        argument.AddError($"'{text}' is not a length of time such as 30m, 12h or 7d.");
        return null;
    }

    public static Timestamp? ParseEnd(ArgumentResult argument)
    {
        var text = Text(argument);
        if (Read(text) is { } length)
        {
            return Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + length);
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return Timestamp.FromDateTimeOffset(at);
        }

        argument.AddError($"'{text}' is neither an instant such as 2027-01-31T18:00+08:00 nor a length of time such as 90d.");
        return null;
    }

    private static string Text(ArgumentResult argument) => argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";

    private static TimeSpan? Read(string text)
    {
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Most)
        {
            return null;
        }

        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(count),
            'h' => TimeSpan.FromHours(count),
            'd' => TimeSpan.FromDays(count),
            _ => null,
        };
    }
}
