using System.CommandLine.Parsing;
using System.Globalization;
using Aggregation.V1;
using Google.Protobuf.WellKnownTypes;

namespace Aggregation.Cli.Commands;

/// <summary>A point in the past as people write it: an instant, or <c>position:</c> and a number.</summary>
internal static class PointText
{
    private const string Prefix = "position:";
    private const string Rule = "an instant such as 2017-04-08T17:30+08:00, or a position of the journal such as position:1200";

    public static AsOf? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (text.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            return new AsOf { Position = position };
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            return new AsOf { At = Timestamp.FromDateTimeOffset(at) };
        }

        argument.AddError($"--as-of '{text}' is not {Rule}.");
        return null;
    }

    /// <summary>For people; empty for a live total.</summary>
    public static string Show(AsOf? asOf) => asOf is null ? ""
        : asOf.At is null ? string.Create(CultureInfo.InvariantCulture, $"as of position {asOf.Position}")
        : string.Create(CultureInfo.InvariantCulture, $"as of {asOf.At.ToDateTimeOffset():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}, position {asOf.Position}");
}
