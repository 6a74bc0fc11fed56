using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Tests.Texts;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("", TextKind.Line)]
    [InlineData("Plain ~ text", TextKind.Line)]
    [InlineData("政府信息公开（一）、Ａ", TextKind.Line)]
    [InlineData("caf\u00E9 \u00A0", TextKind.Line)]
    [InlineData("𠮷野家 👩‍👩‍👧 \uE000", TextKind.Line)]
    [InlineData("\u0301 alone", TextKind.Line)]
    [InlineData("한글 देवनागरी עברית", TextKind.Line)]
    [InlineData("one\n\ttwo", TextKind.Lines)]
    [InlineData("\uFEFFone,two\r\n\u212B", TextKind.File)]
    public void Find_Text_IsNone(string text, TextKind kind) => Assert.Null(PlainText.Find(text, kind));

    [Theory]
    [InlineData("\0", TextKind.File, 1, 1, "U+0000")]
    [InlineData("a\tb", TextKind.Line, 1, 2, "U+0009")]
    [InlineData("one\ntwo\r\n", TextKind.Lines, 2, 4, "U+000D")]
    [InlineData("𠮷\u0080", TextKind.Line, 1, 2, "U+0080")]
    [InlineData("a\u2029", TextKind.Lines, 1, 2, "U+2029")]
    [InlineData("名\uFFFD", TextKind.File, 1, 2, "U+FFFD")]
    [InlineData("\uFDD0", TextKind.Line, 1, 1, "U+FDD0")]
    [InlineData("\U0001FFFF", TextKind.Line, 1, 1, "U+1FFFF")]
    public void Find_Character_IsNamedWithItsPlace(string text, TextKind kind, int line, int character, string code)
    {
        var fault = PlainText.Find(text, kind)!;

        Assert.Equal((line, character), (fault.Line, fault.Character));
        Assert.Contains(code, fault.MessageZh, StringComparison.Ordinal);
        Assert.Contains(code, fault.MessageEn, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_HalfOfAPair_IsNamed() =>
        Assert.Equal((1, 3, "character 3 is U+D83D, which is no text: no control character"), Place(PlainText.Find("ab\uD83D", TextKind.Line)!));

    [Theory]
    [InlineData("Cafe\u0301", 4)]
    [InlineData("か\u3099", 1)]
    [InlineData("甲\uF9E1", 2)]
    [InlineData("\u1112\u1161\u11AB", 1)]
    [InlineData("a\u0307\u0323", 1)]
    [InlineData("10 \u212B", 4)]
    public void Find_OtherNormalForm_IsNamedFromItsPlaceOn(string text, int character)
    {
        var fault = PlainText.Find(text, TextKind.Lines)!;

        Assert.Equal((1, character, "Unicode normal form C (NFC)"), (fault.Line, fault.Character, fault.Rule));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\0\n😀\u001b", @"a\u0000\u000A😀\u001B")]
    [InlineData("Cafe\u0301", "Cafe\u0301")]
    public void Shown_Text_IsOneLine(string text, string expected) => Assert.Equal(expected, PlainText.Shown(text));

    private static (int Line, int Character, string Message) Place(TextFault fault) => (fault.Line, fault.Character, fault.MessageEn);
}
