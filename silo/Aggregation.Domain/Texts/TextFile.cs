using System.Buffers;
using System.Text;

namespace Aggregation.Domain.Texts;

/// <summary>文本文件: what a file says, and the encoding in which it was. The one place in which bytes of users become text.</summary>
/// <param name="Text">Without a mark of the byte order.</param>
public sealed record TextFile(string Text, TextEncoding Encoding)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    private static readonly SearchValues<char> Refused = SearchValues.Create(
        Enumerable.Range(0, char.MaxValue + 1).Select(code => (char)code)
            .Where(character => (char.IsControl(character) && character is not ('\t' or '\n' or '\r')) || character is '\uFFFD' or '\uFFFE' or '\uFFFF')
            .ToArray());

    /// <summary>
    /// Reads bytes strictly: nothing is replaced. Bytes that are valid UTF-8 are UTF-8, unless there is so little beyond ASCII
    /// that it may as well be Chinese of GB18030.
    /// </summary>
    /// <param name="asked">The encoding where somebody says it; null: told from the bytes.</param>
    /// <param name="fault">Null where there is none.</param>
    /// <returns>Null where there is a fault.</returns>
    public static TextFile? Read(ReadOnlySpan<byte> bytes, TextEncoding? asked, out FileFault? fault)
    {
        var (marked, mark) = MarkOf(bytes);
        if (asked is { } said && marked is { } other && said != other)
        {
            fault = FileFaults.Contradicted(said, other);
            return null;
        }

        fault = null;
        return (asked ?? marked ?? Tell(bytes, out fault)) is { } encoding ? Decode(bytes, mark, encoding, out fault) : null;
    }

    private static (TextEncoding? Encoding, int Length) MarkOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (TextEncoding.Utf8, 3),
        [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => (TextEncoding.Utf16, 2),
        [0x84, 0x31, 0x95, 0x33, ..] => (TextEncoding.Gb18030, 4),
        _ => (null, 0),
    };

    private static TextEncoding? Tell(ReadOnlySpan<byte> bytes, out FileFault? fault)
    {
        fault = null;
        var survey = Utf8Survey.Of(bytes);
        if (survey.IsValid && !survey.IsDoubtful)
        {
            return TextEncoding.Utf8;
        }

        var chinese = TryDecode(Gb18030, bytes, out var at);
        if (survey.IsValid)
        {
            fault = chinese is null ? null : FileFaults.TwoReadings(bytes, Utf8.GetString(bytes), chinese);
            return fault is null ? TextEncoding.Utf8 : null;
        }

        if (survey.IsDamaged || chinese is null)
        {
            fault = FileFaults.NoEncoding(bytes, survey.IsDamaged ? survey.FirstInvalid : at, survey.IsDamaged);
            return null;
        }

        return TextEncoding.Gb18030;
    }

    private static TextFile? Decode(ReadOnlySpan<byte> bytes, int mark, TextEncoding encoding, out FileFault? fault)
    {
        var strict = encoding switch
        {
            TextEncoding.Utf8 => Utf8,
            TextEncoding.Gb18030 => Gb18030,
            _ => bytes is [0xFE, 0xFF, ..] ? BigEndian : LittleEndian,
        };
        if (TryDecode(strict, bytes[mark..], out var wrong) is not { } text)
        {
            fault = FileFaults.Invalid(bytes, mark + wrong, encoding, LineOf(strict, bytes[mark..(mark + wrong)]));
            return null;
        }

        var at = text.AsSpan().IndexOfAny(Refused);
        fault = at < 0 ? null : FileFaults.Character(text, at, mark + strict.GetByteCount(text.AsSpan(0, at)));
        return fault is null ? new TextFile(text, encoding) : null;
    }

    private static int LineOf(Encoding strict, ReadOnlySpan<byte> before) => 1 + strict.GetString(before).AsSpan().Count('\n');

    private static string? TryDecode(Encoding strict, ReadOnlySpan<byte> bytes, out int wrong)
    {
        wrong = -1;
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            // Of half a surrogate pair UTF-16 tells the place behind it; read leniently, each character before is two bytes.
            wrong = ReferenceEquals(strict, LittleEndian) ? 2 * System.Text.Encoding.Unicode.GetString(bytes).IndexOf('\uFFFD', StringComparison.Ordinal)
                : ReferenceEquals(strict, BigEndian) ? 2 * System.Text.Encoding.BigEndianUnicode.GetString(bytes).IndexOf('\uFFFD', StringComparison.Ordinal)
                : fault.Index;
            return null;
        }
    }
}
