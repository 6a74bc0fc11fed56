namespace Aggregation.Domain.Texts;

/// <summary>Why bytes are not read as text.</summary>
/// <param name="Line">Line of the file, from 1.</param>
/// <param name="Offset">Bytes of the file before the fault.</param>
/// <param name="Value">What stands there: bytes in hexadecimal digits, or the readings between which nobody can choose.</param>
/// <param name="Rule">One of <see cref="FileRules"/>.</param>
/// <param name="MessageZh">For the reader, in Chinese.</param>
/// <param name="MessageEn">For the reader, in English.</param>
public sealed record FileFault(int Line, long Offset, string Value, string Rule, string MessageZh, string MessageEn);

/// <summary>Identifiers of the rules that a text file must keep.</summary>
public static class FileRules
{
    /// <summary>UTF-8, UTF-16 with a mark of the byte order, or GB18030, and without doubt which.</summary>
    public const string Encoding = "text.encoding";

    /// <summary>No control characters but tab and line ends, and no U+FFFD, which stands where a text was lost.</summary>
    public const string Characters = "text.characters";
}
