using System.Text;
using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Tests.Texts;

public sealed class TextFileTests
{
    private const string List = "code,name\n990300,丙市\n";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Theory]
    [InlineData("utf-8", false, TextEncoding.Utf8)]
    [InlineData("utf-8", true, TextEncoding.Utf8)]
    [InlineData("utf-16", true, TextEncoding.Utf16)]
    [InlineData("utf-16BE", true, TextEncoding.Utf16)]
    [InlineData("GB18030", false, TextEncoding.Gb18030)]
    [InlineData("GB18030", true, TextEncoding.Gb18030)]
    public void Read_AsProgramsSaveIt_IsTheTextAndSaysTheEncoding(string saved, bool withMark, TextEncoding expected)
    {
        var encoding = saved == "GB18030" ? Gb18030 : Encoding.GetEncoding(saved);

        var file = TextFile.Read(encoding.GetBytes((withMark ? "\uFEFF" : "") + List), null, out var fault);

        Assert.Null(fault);
        Assert.Equal(new TextFile(List, expected), file);
    }

    [Theory]
    [InlineData("")]
    [InlineData("code,name\n1,x\n")]
    public void Read_OnlyAscii_IsUtf8(string text) =>
        Assert.Equal(new TextFile(text, TextEncoding.Utf8), TextFile.Read(Encoding.ASCII.GetBytes(text), null, out _));

    // A character of four bytes, and the sign of the euro, which GBK has not and GB 18030 has.
    [Theory]
    [InlineData("𠀀县")]
    [InlineData("€ 丙市")]
    public void Read_WhatOnlyGb18030Has_IsKept(string text) =>
        Assert.Equal(text, TextFile.Read(Gb18030.GetBytes(text), null, out _)?.Text);

    [Fact]
    public void Read_LittleThatMayBeBoth_IsRefusedWithBothReadings()
    {
        var bytes = Gb18030.GetBytes("name\n篇\n");

        Assert.Null(TextFile.Read(bytes, null, out var fault));

        Assert.Equal((2, 5L, "ƪ | 篇", FileRules.Encoding), (fault!.Line, fault.Offset, fault.Value, fault.Rule));
        Assert.Contains("--encoding", fault.MessageEn, StringComparison.Ordinal);
        Assert.Contains("--encoding", fault.MessageZh, StringComparison.Ordinal);
        Assert.Equal("name\n篇\n", TextFile.Read(bytes, TextEncoding.Gb18030, out _)!.Text);
        Assert.Equal("name\nƪ\n", TextFile.Read(bytes, TextEncoding.Utf8, out _)!.Text);
    }

    [Fact]
    public void Read_ManyDifferentCharactersOfTwoBytes_IsUtf8()
    {
        const string greek = "αβγδεζηθικλμνξοπρ";
        Assert.Equal(new TextFile(greek, TextEncoding.Utf8), TextFile.Read(Encoding.UTF8.GetBytes(greek), null, out _));
        Assert.Null(TextFile.Read(Encoding.UTF8.GetBytes(greek[..15]), null, out _));
    }

    // By Chinese text beside it, it is UTF-8.
    [Fact]
    public void Read_MiddleDotInAChineseName_IsUtf8() =>
        Assert.Equal("买买提·艾力", TextFile.Read(Encoding.UTF8.GetBytes("买买提·艾力"), null, out _)!.Text);

    [Theory]
    [InlineData("61 0A B1 FB CA D0 D6", null, 2, 6, "D6", FileRules.Encoding)] // GBK, cut within a character
    [InlineData("61 0A B1 FB FF 62 0A", null, 2, 4, "FF620A", FileRules.Encoding)] // no byte of either
    [InlineData("E4 B8 99 E5 B8 82 0A E4 B8", null, 2, 7, "E4B8", FileRules.Encoding)] // UTF-8, cut within a character
    [InlineData("E4 B8 99 0A 80 E5 B8 82", null, 2, 4, "80E5B882", FileRules.Encoding)] // UTF-8 with a byte too many
    [InlineData("EF BB BF 61 0A B1 FB", null, 2, 5, "B1FB", FileRules.Encoding)] // marked as UTF-8
    [InlineData("FF FE 61 00 0A 00 62", null, 2, 6, "62", FileRules.Encoding)] // UTF-16, cut within a character
    [InlineData("FF FE 61 00 00 D8 62 00", null, 1, 4, "00D86200", FileRules.Encoding)] // half of a pair
    [InlineData("61 00 62 00", null, 1, 1, "U+0000", FileRules.Characters)] // UTF-16 without its mark
    [InlineData("61 0A EF BF BD", null, 2, 2, "U+FFFD", FileRules.Characters)] // lost before
    [InlineData("84 31 A4 37 B1 FB", null, 1, 0, "U+FFFD", FileRules.Characters)]
    [InlineData("FF FE 0A 00 FD FF", null, 2, 4, "U+FFFD", FileRules.Characters)]
    [InlineData("61 1A", null, 1, 1, "U+001A", FileRules.Characters)]
    [InlineData("61 0A B1 FB", TextEncoding.Utf8, 2, 2, "B1FB", FileRules.Encoding)]
    [InlineData("E4 B8 99 0A E5 B8 82", TextEncoding.Gb18030, 1, 2, "990AE5B8", FileRules.Encoding)]
    [InlineData("EF BB BF 61", TextEncoding.Gb18030, 1, 0, "GB18030", FileRules.Encoding)] // marked as another
    public void Read_NoText_NamesLineOffsetAndBytes(string hex, TextEncoding? asked, int line, long offset, string value, string rule)
    {
        Assert.Null(TextFile.Read(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), asked, out var fault));

        Assert.Equal((line, offset, value, rule), (fault!.Line, fault.Offset, fault.Value, fault.Rule));
        Assert.NotEmpty(fault.MessageZh);
        Assert.NotEmpty(fault.MessageEn);
    }

    [Theory]
    [InlineData("2017-01-05")]
    [InlineData("2017/1/5")]
    [InlineData("2017/01/05")]
    [InlineData("2017年1月5日")]
    public void TryRead_YearFirst_IsTheDay(string text)
    {
        Assert.True(DayText.TryRead(text, out var day));
        Assert.Equal(new DateOnly(2017, 1, 5), day);
    }

    [Theory]
    [InlineData("1/5/2017")]
    [InlineData("2017-1-5 0:00")]
    [InlineData("17/1/5")]
    [InlineData("2017/2/29")]
    [InlineData("")]
    public void TryRead_AnythingElse_IsNone(string text) => Assert.False(DayText.TryRead(text, out _));
}
