using System.Diagnostics.CodeAnalysis;

namespace Aggregation.Domain.Texts;

/// <summary>Encodings of the text files that are read.</summary>
public enum TextEncoding
{
    /// <summary>With or without a mark of the byte order.</summary>
    Utf8,

    /// <summary>With a mark of the byte order; without one only where somebody says so, and then little-endian.</summary>
    Utf16,

    /// <summary>GB 18030, which includes GBK and GB 2312: what spreadsheets of a Chinese Windows save as CSV.</summary>
    Gb18030,
}

/// <summary>Encodings as people write them.</summary>
public static class EncodingNames
{
    private static readonly Dictionary<string, TextEncoding> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf-8"] = TextEncoding.Utf8,
        ["utf-16"] = TextEncoding.Utf16,
        ["gb18030"] = TextEncoding.Gb18030,
        ["gbk"] = TextEncoding.Gb18030,
        ["gb2312"] = TextEncoding.Gb18030,
    };

    /// <summary>Every name that is taken, in any case.</summary>
    public static IReadOnlyCollection<string> All => Known.Keys;

    public static bool TryRead(string name, [NotNullWhen(true)] out TextEncoding? encoding)
    {
        encoding = Known.TryGetValue(name, out var found) ? found : null;
        return encoding is not null;
    }

    public static string Of(TextEncoding encoding) => encoding switch
    {
        TextEncoding.Utf8 => "UTF-8",
        TextEncoding.Utf16 => "UTF-16",
        _ => "GB18030",
    };
}
