using System.Globalization;
using System.IO.Compression;
using System.Text;
using Aggregation.Cli.Files;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Spreadsheets;
using Aggregation.Cli.Tests.Reports;
using Aggregation.V1;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;

namespace Aggregation.Cli.Tests.Spreadsheets;

public sealed class SpreadsheetTests
{
    private const string Applications = "三、收到和处理政府信息公开申请情况";
    private const string Own = "二、主动公开政府信息情况";

    public static TheoryData<string> Forms => [.. FormMessages.Catalog.Forms.Select(form => form.Id)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Template_OfEveryForm_IsAValidWorkbook(string id)
    {
        foreach (var language in (Language[])[Language.Chinese, Language.English])
        {
            using var stream = new MemoryStream(TemplateWriter.Write(new FormSheets(FormMessages.Of(id), language), "360300", "2024"));
            using var document = SpreadsheetDocument.Open(stream, isEditable: false);

            Assert.Empty(new OpenXmlValidator().Validate(document).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Read_TemplateFilledInEveryCell_IsThatSubmission(string id)
    {
        var form = FormMessages.Of(id);
        var plan = new FormSheets(form, Language.English);
        var book = new TestWorkbook(TemplateWriter.Write(plan, "360300-S01", "2024"));
        var number = 0;
        foreach (var cell in form.Cells)
        {
            book.Number(Place(plan, cell.Code), cell.Scale > 0 ? "0.30000000000000004" : (++number).ToString(CultureInfo.InvariantCulture));
        }

        book.Text((FormSheets.ExplanationsName, "A2"), "filed-early").Text((FormSheets.ExplanationsName, "B2"), "先行填报");
        book.Number((FormSheets.CoverName, "B7"), "45678");
        var request = (await ReadAsync(book, form)).Single().Request;

        Assert.Equal(("360300-S01", id, "2024", "2025-01-21", false), (request.Unit, request.Form, request.Period, request.FiledOn, request.NilReturn));
        number = 0;
        Assert.Equal(
            form.Cells.Select(cell => cell.Scale > 0 ? $"{cell.Code}=0.3" : $"{cell.Code}={++number}").Order(StringComparer.Ordinal),
            request.Cells.Select(cell => $"{cell.Code}={AmountText.Format(cell.Amount)}").Order(StringComparer.Ordinal));
        Assert.Equal([new Explanation { CheckId = "filed-early", Text = "先行填报" }], request.Explanations);
    }

    [Fact]
    public async Task Read_TemplateAsWritten_HasNoFiguresAndTotalsAreLeftToTheServer()
    {
        var request = (await ReadAsync(Empty(), FormMessages.Annual)).Single();

        Assert.Empty(request.Request.Cells);
        Assert.Equal("test.xlsx: Sheet \"三、收到和处理政府信息公开申请情况\" D4 [3.1:person]", request.Places!["3.1:person"]);
        Assert.Equal(200, request.Places.Count);
    }

    [Fact]
    public async Task Read_FiguresThatAreNone_NamesSheetCellAndRuleOfEachAndReadsNothing()
    {
        var book = Empty()
            .Text((Applications, "D4"), "12").Text((Applications, "E4"), " ").Shared((Applications, "F4"), "无")
            .Raw((Applications, "G4"), """t="e"><v>#REF!</v>""").Raw((Applications, "H4"), """t="b"><v>1</v>""")
            .Raw((Applications, "I4"), """><f>1+1</f>""").Raw((Applications, "D5"), """><f>1+1</f><v>2</v>""")
            .Raw((Applications, "E5"), """t="str"><f>A1</f><v>x</v>""").Number((Own, "B3"), "1E+20").Number((Own, "C3"), "-1");

        Assert.Equal(
            [
                $"""test.xlsx: Sheet "{Own}" B3|1E+20|-?digits[.1 to 9 digits]""",
                $"""test.xlsx: Sheet "{Applications}" D4|12|number""",
                $"""test.xlsx: Sheet "{Applications}" F4|无|number""",
                $"""test.xlsx: Sheet "{Applications}" G4|#REF!|number""",
                $"""test.xlsx: Sheet "{Applications}" H4|TRUE|number""",
                $"""test.xlsx: Sheet "{Applications}" I4|=1+1|number""",
                $"""test.xlsx: Sheet "{Applications}" E5|x|number""",
            ],
            await FaultsAsync(book));
    }

    [Fact]
    public async Task Read_RowInserted_NamesTheFirstPlaceThatIsNotTheTemplates()
    {
        var book = Empty().Text((Applications, "A5"), "新增的一行").Number((Applications, "D5"), "1");

        Assert.Equal([$"""test.xlsx: Sheet "{Applications}" A5|新增的一行|二、上年结转政府信息公开申请数量"""], await FaultsAsync(book));
    }

    [Fact]
    public async Task Read_ContentOutsideTheTableOrMergedFigures_AreNamed()
    {
        var book = Empty().Text((Applications, "L40"), "小计").Number((Applications, "A60"), "1").Merge(Applications, "D4:E4")
            .Text((FormSheets.CoverName, "C3"), "note");

        Assert.Equal([$"""test.xlsx: Sheet "{FormSheets.CoverName}" C3|note|empty"""], await FaultsAsync(book));
        book.Text((FormSheets.CoverName, "C3"), " ");
        Assert.Equal(
            [
                $"""test.xlsx: Sheet "{Applications}" L40|小计|empty""",
                $"""test.xlsx: Sheet "{Applications}" D4|D4:E4|not merged""",
                $"""test.xlsx: Sheet "{Applications}" E4|D4:E4|not merged""",
            ],
            await FaultsAsync(book));
    }

    [Fact]
    public async Task Read_CoverIncompleteOrOfAnotherVersion_IsRefused()
    {
        Assert.Equal(
            [$"""test.xlsx: Sheet "{FormSheets.CoverName}" B5||required""", $"""test.xlsx: Sheet "{FormSheets.CoverName}" B8|maybe|yes, no"""],
            await FaultsAsync(Empty(unit: "").Text((FormSheets.CoverName, "B8"), "maybe")));
        Assert.Equal(
            [$"""test.xlsx: Sheet "{FormSheets.CoverName}" B3|old|{FormMessages.Annual.Hash}"""],
            await FaultsAsync(Empty().Text((FormSheets.CoverName, "B3"), "old")));
        Assert.Equal(
            [$"""test.xlsx: Sheet "{FormSheets.CoverName}" B8|yes|no figures"""],
            await FaultsAsync(Empty().Text((FormSheets.CoverName, "B8"), "是").Number((Own, "B3"), "1")));
        var nil = (await ReadAsync(Empty().Text((FormSheets.CoverName, "B8"), "Yes"), FormMessages.Annual)).Single().Request;
        Assert.True(nil.NilReturn);
    }

    [Fact]
    public async Task Read_HostileFile_IsRefusedWithinBounds()
    {
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(Encoding.UTF8.GetBytes("not a zip")));
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(new byte[WorkbookParts.LargestFile + 1]));
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(Zip(("xl/workbook.xml", "<workbook/>"))));
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(Empty().Replace("xl/workbook.xml", new string(' ', WorkbookParts.MostBytes)).ToArray()));
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(Empty()
            .Replace("xl/workbook.xml", "<!DOCTYPE w [<!ENTITY a \"aaaa\">]><workbook>&a;</workbook>").ToArray()));
        Assert.Equal(["test.xlsx||.xlsx"], await FaultsAsync(Empty().Replace("xl/workbook.xml", "<workbook><sheets>").ToArray()));
        Assert.Equal([$"""test.xlsx: Sheet "{Own}" B3|99|number"""], await FaultsAsync(Empty().Raw((Own, "B3"), """t="s"><v>99</v>""").ToArray()));
        Assert.StartsWith($"""test.xlsx: Sheet "{Own}" """, Assert.Single(await FaultsAsync(Empty()
            .Raw((Own, "B3"), "><v>1</v></c>" + string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 100_001)) + "<c>").ToArray())), StringComparison.Ordinal);
        Assert.Equal([$"test.xlsx||{FormSheets.CoverName}"], await FaultsAsync(Empty().Rename(FormSheets.CoverName, "Other").ToArray()));
        Assert.Equal([$"test.xlsx||{Own}", """test.xlsx: Sheet "Other" A1|第二十条第（一）项（单位：件）|empty"""],
            await FaultsAsync(Empty().Rename(Own, "Other").ToArray()));
    }

    [Fact]
    public async Task Read_BytesChangedAtRandom_AreReadOrRefusedAndNothingElse()
    {
        var whole = Empty().Number((Own, "B3"), "1").ToArray();
        var random = new Random(2021);
        for (var run = 0; run < 300; run++)
        {
            var bytes = whole.AsSpan(0, random.Next(8) == 0 ? random.Next(whole.Length) : whole.Length).ToArray();
            for (var change = random.Next(1, 20); change > 0 && bytes.Length > 0; change--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var faults = new FaultList();
            await SpreadsheetReader.ReadAsync("test.xlsx", bytes, _ => Task.FromResult(FormMessages.Annual), faults);
        }
    }

    [Theory]
    [InlineData("A1", 0, 0)]
    [InlineData("F12", 11, 5)]
    [InlineData("AA10", 9, 26)]
    [InlineData("XFD1048576", 1_048_575, 16_383)]
    public void SheetPlace_Text_IsReadAndWrittenAlike(string text, int row, int column)
    {
        Assert.Equal(new SheetPlace(row, column), SheetPlace.Parse(text));
        Assert.Equal(text, new SheetPlace(row, column).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("A")]
    [InlineData("A0")]
    [InlineData("XFE1")]
    [InlineData("A1048577")]
    [InlineData("a1")]
    public void SheetPlace_NoPlace_IsNone(string text) => Assert.Null(SheetPlace.Parse(text));

    private static TestWorkbook Empty(string unit = "360300-S01") =>
        new(TemplateWriter.Write(new FormSheets(FormMessages.Annual, Language.Chinese), unit, "2024"));

    private static (string Sheet, string Place) Place(FormSheets plan, string code)
    {
        var sheet = plan.Tables.Single(table => table.Grid.Cells.Any(cell => cell.Code == code));
        var cell = sheet.Grid.Cells.Single(cell => cell.Code == code);
        return (sheet.Name, new SheetPlace(cell.Row, cell.Column).ToString());
    }

    private static async Task<List<SubmissionItem>> ReadAsync(TestWorkbook book, Form form)
    {
        var faults = new FaultList();
        var items = await SpreadsheetReader.ReadAsync("test.xlsx", book.ToArray(), id => Task.FromResult(id == form.Form_ ? form : new Form()), faults);
        faults.ThrowIfAny("");
        return [.. items];
    }

    private static Task<IEnumerable<string>> FaultsAsync(TestWorkbook book) => FaultsAsync(book.ToArray());

    private static async Task<IEnumerable<string>> FaultsAsync(byte[] book)
    {
        var faults = new FaultList();
        await SpreadsheetReader.ReadAsync("test.xlsx", book, _ => Task.FromResult(FormMessages.Annual), faults);
        var failed = Assert.Throws<CommandFailedException>(() => faults.ThrowIfAny(""));
        Assert.All(failed.Violations, fault => Assert.NotEmpty(fault.MessageZh));
        return failed.Violations.Select(fault => $"{fault.Field}|{fault.Value}|{fault.Rule}");
    }

    private static byte[] Zip(params (string Path, string Text)[] parts)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var writer = new StreamWriter(archive.CreateEntry(path).Open());
                writer.Write(text);
            }
        }

        return stream.ToArray();
    }
}
