using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Aggregation.V1;

namespace Aggregation.Cli.Files;

/// <summary>Decimal text to exact amounts and back. No binary floating point on the way.</summary>
internal static class AmountText
{
    /// <summary>What text must look like, for messages.</summary>
    public const string Rule = "-?digits[.1 to 9 digits]";

    private const int Decimals = 9;

    private static readonly int[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000];

    /// <summary>Reads plain decimal text: no exponent, no separators, no spaces, at most nine decimals.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Amount? amount)
    {
        amount = null;
        var rest = text.AsSpan();
        var negative = rest is ['-', ..];
        rest = negative ? rest[1..] : rest;
        var point = rest.IndexOf('.');
        var whole = point < 0 ? rest : rest[..point];
        var fraction = point < 0 ? [] : rest[(point + 1)..];
        if (whole.IsEmpty || !AllDigits(whole) || !AllDigits(fraction) || fraction.Length > Decimals || (point >= 0 && fraction.IsEmpty)
            || !long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var units))
        {
            return false;
        }

        var nanos = fraction.IsEmpty
            ? 0
            : int.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture) * Powers[Decimals - fraction.Length];
        amount = new Amount { Units = negative ? -units : units, Nanos = negative ? -nanos : nanos };
        return true;
    }

    /// <summary>The shortest decimal text of the same value.</summary>
    public static string Format(Amount amount)
    {
        var negative = amount.Units < 0 || amount.Nanos < 0;
        var units = amount.Units.ToString(CultureInfo.InvariantCulture).TrimStart('-');
        var fraction = Math.Abs((long)amount.Nanos).ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0');
        return $"{(negative ? "-" : "")}{units}{(fraction.Length == 0 ? "" : ".")}{fraction}";
    }

    /// <summary>With exactly so many decimals, 0 to 9; more than it has are filled up with zeros, never cut.</summary>
    public static string Format(Amount amount, int decimals)
    {
        var text = Format(amount);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var missing = decimals - (point < 0 ? 0 : text.Length - point - 1);
        return missing <= 0 ? text : text + (point < 0 ? "." : "") + new string('0', missing);
    }

    /// <summary>For reading: thousands are separated, so that long figures can be compared by eye.</summary>
    public static string Display(Amount amount)
    {
        var text = Format(amount);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var fraction = point < 0 ? "" : text[point..];
        var sign = text[0] == '-' ? "-" : "";
        var units = amount.Units.ToString("N0", CultureInfo.InvariantCulture).TrimStart('-');
        return sign + units + fraction;
    }

    private static bool AllDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
