using System.Buffers;
using System.Globalization;
using System.Text;
using ADRaffy.ENSNormalize;

namespace Aggregation.Domain.Texts;

/// <summary>
/// What every text that people or programs give must be: characters that Unicode has, no control characters but those of its
/// <see cref="TextKind"/>, and Unicode's normal form C, so that the same words are the same text.
/// </summary>
public static class PlainText
{
    /// <summary>What stands where bytes were no text: whoever wrote it had lost the text already.</summary>
    private const int Replacement = 0xFFFD;

    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Looks for the first place where a text is not what it must be.</summary>
    /// <returns>Null: there is none.</returns>
    public static TextFault? Find(string text, TextKind kind)
    {
        // Nearly all texts are names and numbers.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return null;
        }

        var isNormal = true;
        for (var at = kind == TextKind.File && text.StartsWith(ByteOrderMark) ? 1 : 0; at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) != OperationStatus.Done || !IsTaken(rune, kind))
            {
                return Character(text, at, kind, rune == Rune.ReplacementChar ? text[at] : rune.Value);
            }

            isNormal &= IsNormalAnywhere(rune.Value);
            at += length;
        }

        return isNormal || kind == TextKind.File ? null : NormalForm(text);
    }

    /// <summary>A text as it can be shown in one line: what is no character of a line is written <c>\uXXXX</c>.</summary>
    public static string Shown(string text)
    {
        if (Find(text, TextKind.Line) is null)
        {
            return text;
        }

        var shown = new StringBuilder(text.Length + 16);
        for (var at = 0; at < text.Length;)
        {
            var isRune = Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length) == OperationStatus.Done;
            if (isRune && IsTaken(rune, TextKind.Line))
            {
                shown.Append(text, at, length);
            }
            else
            {
                foreach (var unit in text.AsSpan(at, length))
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                }
            }

            at += length;
        }

        return shown.ToString();
    }

    private static bool IsTaken(Rune rune, TextKind kind) => rune.Value switch
    {
        '\n' or '\t' => kind != TextKind.Line,
        '\r' => kind == TextKind.File,
        Replacement => false,

        // No characters, in any version of Unicode.
        >= 0xFDD0 and <= 0xFDEF => false,
        var value when (value & 0xFFFE) == 0xFFFE => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator),
    };

    /// <summary>Of these blocks no character changes in the normal form, whatever stands beside it. They are nearly all that there is.</summary>
    private static bool IsNormalAnywhere(int character) => character
        is < 0x300 or >= 0x2010 and <= 0x2027 or >= 0x3000 and <= 0x3029 or >= 0x4E00 and <= 0x9FFF or >= 0xFF01 and <= 0xFF5E;

    private static TextFault Character(string text, int at, TextKind kind, int character)
    {
        var (line, place) = Place(text, at);
        var taken = kind switch
        {
            TextKind.Line => "no control character",
            TextKind.Lines => "no control character but line feed and tab",
            _ => "no control character but line ends and tab",
        };
        var code = string.Create(CultureInfo.InvariantCulture, $"U+{character:X4}");
        return new TextFault(line, place, taken,
            $"{WhereZh(line, place)}是 {code}，不是文字；{(kind == TextKind.Line ? "不得有控制字符" : "除换行和制表符外不得有控制字符")}",
            $"{WhereEn(line, place)} is {code}, which is no text: {taken}");
    }

    private static TextFault? NormalForm(string text)
    {
        // Not the framework's: without ICU it takes every text to be normal.
        var normal = ENSNormalize.NF.NFC(text);
        if (normal == text)
        {
            return null;
        }

        var same = text.AsSpan().CommonPrefixLength(normal);
        var (line, place) = Place(text, same > 0 && char.IsHighSurrogate(text[same - 1]) ? same - 1 : same);
        return new TextFault(line, place, "Unicode normal form C (NFC)",
            $"{WhereZh(line, place)}起不是 Unicode 规范形式 C（NFC）", $"from {WhereEn(line, place)} on is not in Unicode's normal form C (NFC)");
    }

    private static (int Line, int Character) Place(string text, int at)
    {
        var before = text.AsSpan(0, at);
        var begin = before.LastIndexOf('\n') + 1;
        var character = 1;
        foreach (var _ in before[begin..].EnumerateRunes())
        {
            character++;
        }

        return (before.Count('\n') + 1, character);
    }

    private static string WhereZh(int line, int character) => line == 1
        ? string.Create(CultureInfo.InvariantCulture, $"第 {character} 个字符")
        : string.Create(CultureInfo.InvariantCulture, $"第 {line} 行第 {character} 个字符");

    private static string WhereEn(int line, int character) => line == 1
        ? string.Create(CultureInfo.InvariantCulture, $"character {character}")
        : string.Create(CultureInfo.InvariantCulture, $"character {character} of line {line}");
}
