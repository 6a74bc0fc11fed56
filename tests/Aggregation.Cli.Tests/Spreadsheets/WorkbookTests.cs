using Aggregation.Cli.Printing;
using Aggregation.Cli.Spreadsheets;
using Aggregation.Cli.Tests.Reports;

namespace Aggregation.Cli.Tests.Spreadsheets;

/// <summary>What a cell holds, in whatever way its part writes it.</summary>
public sealed class WorkbookTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Theory]
    [InlineData("><v>12</v>", SheetCellKind.Number, "12")]
    [InlineData("><v> 12 </v>", SheetCellKind.Number, "12")]
    [InlineData("><v>1<!-- in two pieces -->2</v>", SheetCellKind.Number, "12")]
    [InlineData("><v>1<?in two?>2</v>", SheetCellKind.Number, "12")]
    [InlineData("><v><![CDATA[1]]>2</v>", SheetCellKind.Number, "12")]
    [InlineData("><v>1&#x32;</v>", SheetCellKind.Number, "12")]
    [InlineData("><f>SUM(A1:A2)</f><v>12</v>", SheetCellKind.Number, "12")]
    [InlineData("><v>12</v><extLst><ext><v>3</v></ext></extLst>", SheetCellKind.Number, "12")]
    [InlineData("><f>1+1</f>", SheetCellKind.NotCalculated, "=1+1")]
    [InlineData("""><f t="shared" si="0"/>""", SheetCellKind.NotCalculated, "=")]
    [InlineData("""t="str"><f>A1</f><v>甲<![CDATA[<乙>]]>丙</v>""", SheetCellKind.Text, "甲<乙>丙")]
    [InlineData("""t="inlineStr"><is><t xml:space="preserve"> 甲 </t></is>""", SheetCellKind.Text, " 甲 ")]
    [InlineData("""t="inlineStr"><is> <r><rPr/><t>甲</t></r> <r><t/></r><r><t>乙</t></r><rPh sb="0" eb="1"><t>yi</t></rPh><phoneticPr fontId="0"/></is>""", SheetCellKind.Text, "甲乙")]
    [InlineData("""t="inlineStr"><is/>""", SheetCellKind.Text, "")]
    [InlineData("""t="b"><v>0</v>""", SheetCellKind.Logical, "FALSE")]
    [InlineData("""t="e"><v>#N/A</v>""", SheetCellKind.Error, "#N/A")]
    public void Read_Cell_IsWhatItHolds(string cell, object kind, string text)
    {
        Assert.Equal(new SheetCell((SheetCellKind)kind, text), Assert.Single(Read(cell)).Value);
    }

    [Theory]
    [InlineData(">")]
    [InlineData("><v/>")]
    [InlineData("t=\"s\">")]
    public void Read_EmptyCell_IsNone(string cell) =>
        Assert.Empty(Read(cell));

    [Theory]
    [InlineData("<si> <r><t>甲</t></r> <r><t><![CDATA[<乙>]]></t></r> <rPh sb=\"0\" eb=\"1\"><t>yi</t></rPh> </si>", "甲<乙>")]
    [InlineData("<si><t>甲<!-- in two pieces -->乙</t></si>", "甲乙")]
    [InlineData("<si><rPh sb=\"0\" eb=\"1\"/><t>甲</t></si>", "甲")]
    [InlineData("<si><t/></si>", "")]
    [InlineData("<si/>", "")]
    public void Read_SharedText_IsItsRunsWithoutTheirReading(string item, string text)
    {
        Assert.Equal(new SheetCell(SheetCellKind.Text, text), Assert.Single(Read("""t="s"><v>1</v>""", $"<si/>{item}<si><t>next</t></si>")).Value);
    }

    [Fact]
    public void Read_FigureThatHoldsElements_IsRefused() =>
        Assert.Contains("is faulty", Assert.Throws<WorkbookException>(() => Read("><v>1<a/>2</v>")).Message, StringComparison.Ordinal);

    /// <summary>The cells of a sheet with one: its text is what follows its reference up to its end.</summary>
    private static IReadOnlyDictionary<SheetPlace, SheetCell> Read(string cell, string shared = "")
    {
        var book = new TestWorkbook(TemplateWriter.Write(new FormSheets(FormMessages.Annual, Language.Chinese), "360300-S01", "2024"))
            .Shared((FormSheets.CoverName, "D2"), "any")
            .Replace("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{shared}</sst>")
            .Replace("xl/worksheets/sheet1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"2\"><c r=\"D2\" {cell}</c></row></sheetData></worksheet>");
        using var workbook = Workbook.Open(book.ToArray());
        return workbook.Read(FormSheets.CoverName)!.Cells;
    }
}
