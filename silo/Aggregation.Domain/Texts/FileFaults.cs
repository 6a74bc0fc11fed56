namespace Aggregation.Domain.Texts;

/// <summary>The words of every fault of a text file, each in Chinese and English.</summary>
internal static class FileFaults
{
    private const int Shown = 12;
    private const int ShownBytes = 4;

    public static FileFault Contradicted(TextEncoding said, TextEncoding marked) => new(
        1, 0, EncodingNames.Of(said), FileRules.Encoding,
        $"指定的编码是 {EncodingNames.Of(said)}，而文件开头的标记是 {EncodingNames.Of(marked)}",
        $"said to be {EncodingNames.Of(said)}, while its first bytes mark it as {EncodingNames.Of(marked)}");

    /// <param name="utf8">The bytes read as UTF-8, with no character of more than two bytes.</param>
    /// <param name="chinese">The bytes read as GB18030, so with a character for each of those.</param>
    public static FileFault TwoReadings(ReadOnlySpan<byte> bytes, string utf8, string chinese)
    {
        var at = utf8.AsSpan().IndexOfAnyExceptInRange('\0', '\x7F');
        var (one, other) = (Excerpt(utf8, at), Excerpt(chinese, at));
        var offset = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        return new FileFault(
            LineOf(bytes, offset), offset, $"{one} | {other}", FileRules.Encoding,
            $"按 UTF-8 读作“{one}”，按 GB18030 读作“{other}”，无从判断；请指明编码（--encoding utf-8 或 gb18030）",
            $"reads '{one}' as UTF-8 and '{other}' as GB18030; say which it is: --encoding utf-8 or gb18030");
    }

    public static FileFault NoEncoding(ReadOnlySpan<byte> bytes, int offset, bool isDamaged) => new(
        LineOf(bytes, offset), offset, Hex(bytes, offset), FileRules.Encoding,
        isDamaged
            ? "文件大体是 UTF-8，但此处的字节不是，可能已损坏；如确为其他编码，请指明（--encoding gb18030）"
            : "此处的字节既不是 UTF-8，也不是 GB18030，文件也没有 UTF-16 的标记",
        isDamaged
            ? "most of the file is UTF-8 and these bytes are not: it is damaged; where it is of another encoding, say so: --encoding gb18030"
            : "these bytes are neither UTF-8 nor GB18030, and the file is not marked as UTF-16");

    public static FileFault Invalid(ReadOnlySpan<byte> bytes, int offset, TextEncoding encoding, int line) => new(
        line, offset, Hex(bytes, offset), FileRules.Encoding,
        $"此处的字节不是 {EncodingNames.Of(encoding)}", $"these bytes are not {EncodingNames.Of(encoding)}");

    public static FileFault Character(string text, int at, long offset)
    {
        var code = $"U+{(int)text[at]:X4}";
        var line = 1 + text.AsSpan(0, at).Count('\n');
        return text[at] == '\uFFFD'
            ? new FileFault(
                line, offset, code, FileRules.Characters,
                "文本在此前已经损坏：此处原有的字已丢失（U+FFFD）", "the text was damaged before: what stood here is lost (U+FFFD)")
            : new FileFault(
                line, offset, code, FileRules.Characters,
                $"文本中不得有控制字符 {code}；若文件是 UTF-16，应带字节顺序标记", $"a text has no {code}; UTF-16 needs a mark of its byte order");
    }

    private static int LineOf(ReadOnlySpan<byte> bytes, int offset) => 1 + bytes[..offset].Count((byte)'\n');

    private static string Hex(ReadOnlySpan<byte> bytes, int offset) =>
        Convert.ToHexString(bytes[offset..Math.Min(bytes.Length, offset + ShownBytes)]);

    private static string Excerpt(string text, int at)
    {
        var rest = text.AsSpan(at, Math.Min(Shown, text.Length - at));
        var end = rest.IndexOfAny('\r', '\n');
        return new string(end < 0 ? rest : rest[..end]);
    }
}
