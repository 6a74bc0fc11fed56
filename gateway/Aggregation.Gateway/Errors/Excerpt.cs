using System.Text;

namespace Aggregation.Gateway.Errors;

/// <summary>
/// Texts for trailers. They quote what a caller sent, whatever its length, and trailers over a client's limit do not only hide the
/// error: the client gives up the connection, with every call on it.
/// </summary>
internal static class Excerpt
{
    private const string Gap = "…";
    private const int GapCost = 9;

    /// <summary>The text, or its beginning and its end, where the rule stands that was broken.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="most">Bytes that it may take as <c>grpc-message</c> encodes it: 1 for printable ASCII but %, 3 for each byte of all else.</param>
    public static string Of(string text, int most)
    {
        if (Fitting(text, most) == text.Length)
        {
            return text;
        }

        var room = Math.Max(0, most - GapCost) / 2;
        var end = text.Length;
        for (var left = room; end > 0; )
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, end), out var rune, out var length);
            if ((left -= Cost(rune)) < 0)
            {
                break;
            }

            end -= length;
        }

        return text[..Fitting(text, room)] + Gap + text[end..];
    }

    /// <summary>Bytes of the text as <c>grpc-message</c> encodes it.</summary>
    public static int Cost(string text)
    {
        var cost = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            cost += Cost(rune);
        }

        return cost;
    }

    /// <returns>How many characters from the beginning fit.</returns>
    private static int Fitting(string text, int room)
    {
        var begin = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if ((room -= Cost(rune)) < 0)
            {
                break;
            }

            begin += rune.Utf16SequenceLength;
        }

        return begin;
    }

    private static int Cost(Rune rune) => rune.Value is >= ' ' and <= '~' and not '%' ? 1 : 3 * rune.Utf8SequenceLength;
}
