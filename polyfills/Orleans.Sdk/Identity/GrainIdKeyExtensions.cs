using System.Buffers.Text;
using System.Text;

namespace Orleans.Runtime;

/// <summary>
/// Reads keys as numbers. Any key spelled as a hexadecimal number counts as one, also when it was given as a string.
/// </summary>
public static class GrainIdKeyExtensions
{
    private const byte Separator = (byte)'+';
    private const int GuidLength = 32;

    /// <summary>Reads a key of up to 16 hexadecimal digits, with the rest after a '+' as its extension.</summary>
    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt)
    {
        var text = grainId.Key.AsSpan();
        keyExt = null;
        var separator = text.IndexOf(Separator);
        if (separator >= 0)
        {
            keyExt = Encoding.UTF8.GetString(text[(separator + 1)..]);
            text = text[..separator];
        }

        return Utf8Parser.TryParse(text, out key, out var read, 'X') && read == text.Length;
    }

    /// <summary>Reads a key of 32 hexadecimal digits, with the rest after a '+' as its extension.</summary>
    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt)
    {
        var text = grainId.Key.AsSpan();
        key = default;
        keyExt = null;
        if (text.Length > GuidLength && text[GuidLength] == Separator)
        {
            keyExt = Encoding.UTF8.GetString(text[(GuidLength + 1)..]);
            text = text[..GuidLength];
        }

        return text.Length == GuidLength && Utf8Parser.TryParse(text, out key, out var read, 'N') && read == GuidLength;
    }
}
