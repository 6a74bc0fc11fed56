using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Spreadsheets;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Spreadsheets;

/// <summary>What the programs of this world make of a template: the files in Programs by themselves, and the ways in which they differ, by field.</summary>
public sealed class ProgramFilesTests
{
    private const string Cover = FormSheets.CoverName;
    private const string Notes = FormSheets.ExplanationsName;

    [Theory]
    [InlineData("libreoffice")]
    [InlineData("libreoffice-1904")]
    [InlineData("gnumeric")]
    [InlineData("gnumeric-1904")]
    [InlineData("openpyxl")]
    [InlineData("openpyxl-1904")]
    [InlineData("openpyxl-iso-dates")]
    [InlineData("exceljs")]
    [InlineData("sheetjs")]
    public async Task Read_FileOfAProgram_IsWhatWasFilledIn(string program)
    {
        var (faults, request) = await ReadAsync(await File.ReadAllBytesAsync(ProgramFile(program)));

        Assert.Empty(faults);
        Assert.Equal(("360300", "2021", "2024", "2025-01-21", false), (request!.Unit, request.Form, request.Period, request.FiledOn, request.NilReturn));
        Assert.Equal(["money=1036.5", "x=12", "y=11"], Figures(request).Where(figure => figure != "total=23"));
        Assert.Equal([new Explanation { CheckId = "filed-early", Text = "先行填报\n第二行 & <>" }], request.Explanations);
    }

    [Theory]
    [InlineData("openpyxl-not-calculated")]
    [InlineData("exceljs-not-calculated")]
    [InlineData("sheetjs-not-calculated")]
    public async Task Read_FileOfAProgramThatDoesNotCalculate_NamesTheFormula(string program)
    {
        var (faults, _) = await ReadAsync(await File.ReadAllBytesAsync(ProgramFile(program)));

        Assert.Equal(["""Sheet "小表" B2|=5+6|number"""], faults);
    }

    /// <summary>The cell's XML, and the field's value or, after a "!", the value and the rule of its fault.</summary>
    [Theory]
    [InlineData("unit", "><v>360300.0</v>", "360300")]
    [InlineData("unit", "><v>3.603E5</v>", "360300")]
    [InlineData("unit", "><v>\n 360300 </v>", "360300")]
    [InlineData("unit", """t="str"><f>"360300"&amp;"-S01"</f><v>360300-S01</v>""", "360300-S01")]
    [InlineData("unit", """t="inlineStr"><is><t>360300_x000D_</t></is>""", "360300")]
    [InlineData("unit", """t="n"><v>360300.0</v><is><t>110000</t></is>""", "360300")]
    [InlineData("unit", """t="inlineStr"><v>360300</v><is><t>110000</t></is>""", "!110000 / 360300|text")]
    [InlineData("unit", "><f>A1</f><v></v>", "!=A1|text")]
    [InlineData("unit", """t="e"><v>#REF!</v>""", "!#REF!|text")]
    [InlineData("unit", """t="s"><v>9999</v>""", "!9999|text")]
    [InlineData("unit", "><v>123456789012345678</v>", "!123456789012345678|text")]
    [InlineData("unit", "><v></v>", "!|required")]
    [InlineData("period", "><v>2024.0</v>", "2024")]
    [InlineData("period", "><v>2.024E3</v>", "2024")]
    [InlineData("period", """t="str"><f>"2024Q"&amp;3</f><v>2024Q3</v>""", "2024Q3")]
    [InlineData("period", """s="9"><v>45597</v>""", "2024-11")]
    [InlineData("period", """s="10"><v>45597.0</v>""", "2024-11")]
    [InlineData("period", "><v>45597.0</v>", "2024-11")]
    [InlineData("period", """t="d"><v>2024-11-01T00:00:00</v>""", "2024-11")]
    [InlineData("period", """s="9"><v>45598</v>""", "!2024-11-02|2017, 2017Q3, 2017-11")]
    [InlineData("period", "><f>YEAR(A1)</f>", "!=YEAR(A1)|text")]
    [InlineData("filed", "><v>45667.0</v>", "2025-01-10")]
    [InlineData("filed", "><v>45667.4375</v>", "2025-01-10")]
    [InlineData("filed", "><v>4.5667999988E4</v>", "2025-01-10")]
    [InlineData("filed", "><v>45667.99999999999</v>", "2025-01-11")]
    [InlineData("filed", """s="9"><v>45667.43754629629</v>""", "2025-01-10")]
    [InlineData("filed", """s="11"><f>NOW()</f><v>45667.43754629629</v>""", "2025-01-10")]
    [InlineData("filed", """t="d"><v>2025-01-10</v>""", "2025-01-10")]
    [InlineData("filed", """t="d"><v>2025-01-10T07:00:00+08:00</v>""", "2025-01-10")]
    [InlineData("filed", "text 2025-01-10 10:30:00", "2025-01-10")]
    [InlineData("filed", "text 2025/1/10", "2025-01-10")]
    [InlineData("filed", "text 2025年1月10日", "2025-01-10")]
    [InlineData("filed", "><v>20250110.0</v>", "2025-01-10")]
    [InlineData("filed", "text 1/10/2025", "!1/10/2025|YYYY-MM-DD")]
    [InlineData("filed", "text 2025-02-30", "!2025-02-30|YYYY-MM-DD")]
    [InlineData("filed", "><v>2024.0</v>", "!2024|YYYY-MM-DD")]
    [InlineData("filed", "><f>TODAY()</f><v></v>", "!=TODAY()|text")]
    [InlineData("nil", """t="b"><v>1</v>""", "True")]
    [InlineData("nil", """t="b"><v>true</v>""", "True")]
    [InlineData("nil", """t="b"><v>0</v>""", "False")]
    [InlineData("nil", """t="n"><f aca="false">TRUE()</f><v>1</v>""", "True")]
    [InlineData("nil", """t="n"><v>0.0</v>""", "False")]
    [InlineData("nil", "text 是", "True")]
    [InlineData("nil", """t="b"><v>maybe</v>""", "!maybe|text")]
    [InlineData("nil", "><f>1=1</f><v/>", "!=1=1|text")]
    [InlineData("note", """t="inlineStr"><is><t>一_x000D_&#10;二</t></is>""", "一\n二")]
    [InlineData("note", "><v>2024.0</v>", "2024")]
    [InlineData("note", """t="str"><v>一</v>""", "一")]
    [InlineData("note", "><f>A1</f><v></v>", "!=A1|text")]
    [InlineData("note", """t="e"><f>A1</f><v>#N/A</v>""", "!#N/A|text")]
    [InlineData("figure", "><v>12.0</v>", "12")]
    [InlineData("figure", "><v>1.0E7</v>", "10000000")]
    [InlineData("figure", """t="n" s="6"><f aca="false">5+6</f><v>11</v>""", "11")]
    [InlineData("figure", "><f>5+6</f><v>11.0</v>", "11")]
    [InlineData("figure", "><f>0.1+0.2</f><v>0.30000000000000004</v>", "0.3")]
    [InlineData("figure", "><v>0</v>", "0")]
    [InlineData("figure", "><v> </v>", "")]
    [InlineData("figure", "text  ", "")]
    [InlineData("figure", "><f>5+6</f>", "!=5+6|number")]
    [InlineData("figure", "><f>5+6</f><v></v>", "!=5+6|number")]
    [InlineData("figure", "><f>5+6</f><v/>", "!=5+6|number")]
    [InlineData("figure", "><f>5+6</f><v> </v>", "!=5+6|number")]
    [InlineData("figure", "><f>5+6</f><v>0</v>", "!=5+6|number")]
    [InlineData("figure", """t="n"><f>5+6</f><v></v>""", "!=5+6|number")]
    [InlineData("figure", """t="str"><f>5+6</f><v></v>""", "!=5+6|number")]
    [InlineData("figure", """t="b"><f>5+6</f><v></v>""", "!=5+6|number")]
    [InlineData("figure", """t="e"><f>5+6</f><v></v>""", "!=5+6|number")]
    [InlineData("figure", """t="s"><f>5+6</f><v></v>""", "!=5+6|number")]
    [InlineData("figure", """><f t="shared" si="0"/><v></v>""", "!=|number")]
    [InlineData("figure", """><f t="array" ref="B1"/>""", "!=|number")]
    [InlineData("figure", """t="x"><v>12</v>""", "!12|number")]
    [InlineData("figure", """t="s"><v>-1</v>""", "!-1|number")]
    [InlineData("figure", """t="d"><v>2025-01-10</v>""", "!2025-01-10|number")]
    [InlineData("figure", """s="9"><v>45667</v>""", "!2025-01-10|number")]
    [InlineData("figure", "><v>NaN</v>", "!NaN|-?digits[.1 to 9 digits]")]
    [InlineData("figure", "><v>1,036</v>", "!1,036|-?digits[.1 to 9 digits]")]
    [InlineData("figure", "text 12", "!12|number")]
    [InlineData("figure", "><v>1</v></c><c r=\"B1\"><v>2</v>", "!1 / 2|number")]
    [InlineData("figure", "><v>1</v></c><c r=\"B1\"><v>1.0</v>", "!1 / 1.0|number")]
    public async Task Read_Cell_IsItsValueOrAFaultThatNamesIt(string field, string cell, string expected)
    {
        var (sheet, place) = field switch
        {
            "unit" => (Cover, "B5"),
            "period" => (Cover, "B6"),
            "filed" => (Cover, "B7"),
            "nil" => (Cover, "B8"),
            "note" => (Notes, "B2"),
            _ => (LittleForm.Sheet, "B1"),
        };
        var book = Filled();
        _ = cell.StartsWith("text ", StringComparison.Ordinal) ? book.Text((sheet, place), cell[5..]) : book.Raw((sheet, place), cell);
        var (faults, request) = await ReadAsync(book.ToArray());

        Assert.Equal(expected.StartsWith('!') ? [$"""Sheet "{sheet}" {place}|{expected[1..]}"""] : [], faults);
        if (request is not null)
        {
            Assert.Equal(expected, field switch
            {
                "unit" => request.Unit,
                "period" => request.Period,
                "filed" => request.FiledOn,
                "nil" => request.NilReturn.ToString(CultureInfo.InvariantCulture),
                "note" => Assert.Single(request.Explanations).Text,
                _ => Figures(request).SingleOrDefault() is { } figure ? figure[2..] : "",
            });
        }
    }

    [Theory]
    [InlineData("0", "45667.5", "2025-01-10")]
    [InlineData("1", "44205.5", "2025-01-10")]
    [InlineData("true", "44205", "2025-01-10")]
    [InlineData("false", "45667", "2025-01-10")]
    public async Task Read_EitherDateSystem_IsTheSameDay(string is1904, string stored, string day)
    {
        var book = Filled().Number((Cover, "B7"), stored).Change("xl/workbook.xml", text => text.Replace(
            "<x:sheets>", $"""<x:workbookPr date1904="{is1904}"/><x:sheets>""", StringComparison.Ordinal));
        var (faults, request) = await ReadAsync(book.ToArray());

        Assert.Empty(faults);
        Assert.Equal(day, request!.FiledOn);
    }

    [Theory]
    [InlineData("hidden")]
    [InlineData("veryHidden")]
    public async Task Read_HiddenSheetOfAProgram_IsPassedOverAndAHiddenTableIsRead(string state)
    {
        var book = Filled().Number((LittleForm.Sheet, "B1"), "12").Sheet("WpsReserved_CellImgList", state, """<c r="A1"><v>1</v></c>""")
            .Change("xl/workbook.xml", text => text.Replace($"name=\"{LittleForm.Sheet}\"", $"name=\"{LittleForm.Sheet}\" state=\"{state}\"", StringComparison.Ordinal));
        var (faults, request) = await ReadAsync(book.ToArray());

        Assert.Empty(faults);
        Assert.Equal(["x=12"], Figures(request!));
    }

    [Theory]
    [InlineData("""<c r="a1"><v>1</v></c>""", """Sheet "其他" A1||.xlsx""")]
    [InlineData("""<c r="C7"><v>1<a/>2</v></c>""", """Sheet "其他" C7||.xlsx""")]
    [InlineData("""<c r="C7"><f>5+6</f><v></v></c>""", """Sheet "其他" C7|=5+6|empty""")]
    public async Task Read_FaultyOrOtherSheet_IsNamedWithTheCell(string cell, string fault)
    {
        var (faults, _) = await ReadAsync(Filled().Sheet("其他", "visible", cell).ToArray());

        Assert.Equal([fault], faults);
    }

    [Fact]
    public async Task Read_SheetTwiceOrWithoutItsPart_IsRefused()
    {
        Assert.Equal(["||.xlsx"], (await ReadAsync(Filled().Rename(Notes, LittleForm.Sheet).ToArray())).Faults);
        Assert.Equal([$"""Sheet "{Notes}" A1||.xlsx"""], (await ReadAsync(Filled().Remove(Notes).ToArray())).Faults);
    }

    [Fact]
    public async Task Read_PartsNamedInOtherWays_AreFound()
    {
        var book = Filled().Text((Cover, "B5"), "360300").Number((LittleForm.Sheet, "B1"), "12");
        var (faults, request) = await ReadAsync(book.MoveParts(path => path.Replace("xl/worksheets/", "XL\\Worksheets\\", StringComparison.Ordinal)).ToArray());

        Assert.Empty(faults);
        Assert.Equal(["x=12"], Figures(request!));
    }

    /// <summary>The template with unit and period, and three formats more: two that show dates and one with a time.</summary>
    private static TestWorkbook Filled() => new TestWorkbook(TemplateWriter.Write(new FormSheets(LittleForm.Form, Language.Chinese), "360300", "2024"))
        .Text((Notes, "A2"), "filed-early").Text((Notes, "B2"), "先行填报")
        .Change("xl/styles.xml", text => text
            .Replace("<x:numFmts>", """<x:numFmts><x:numFmt numFmtId="170" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/><x:numFmt numFmtId="171" formatCode="[h]:mm"/>""", StringComparison.Ordinal)
            .Replace("</x:cellXfs>", """<x:xf numFmtId="14"/><x:xf numFmtId="170"/><x:xf numFmtId="171"/></x:cellXfs>""", StringComparison.Ordinal));

    private static async Task<(IEnumerable<string> Faults, SubmitRequest? Request)> ReadAsync(byte[] book)
    {
        var faults = new FaultList();
        var items = await SpreadsheetReader.ReadAsync("f", book, _ => Task.FromResult(LittleForm.Form), faults);
        var violations = Record.Exception(() => faults.ThrowIfAny("")) is CommandFailedException failed ? failed.Violations : [];
        Assert.All(violations, fault => Assert.True(fault.MessageZh.Length > 0 && fault.MessageEn.Length > 0));
        return (violations.Select(fault => $"{fault.Field[1..].TrimStart(':', ' ')}|{fault.Value}|{fault.Rule}"), violations.Count == 0 ? items.Single().Request : null);
    }

    private static IEnumerable<string> Figures(SubmitRequest request) =>
        request.Cells.Select(cell => $"{cell.Code}={AmountText.Format(cell.Amount)}").Order(StringComparer.Ordinal);

    private static string ProgramFile(string name) => Path.Combine(AppContext.BaseDirectory, "Spreadsheets", "Programs", name + ".xlsx");
}
