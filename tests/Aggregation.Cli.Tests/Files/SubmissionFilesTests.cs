using Aggregation.Cli.Files;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Files;

public sealed class SubmissionFilesTests
{
    private const string Whole = """
        {
          "unit": "411300-G01", "form": "2014", "period": "2017", "requestId": "r-1", "expectedRevision": 0,
          "filedOn": "2017-01-11", "note": "not sent",
          "cells": { "1.1": 428, "8.4": "2.50" }, "narrative": { "1.1": 1795 },
          "explanations": { "filed-early": "because" }
        }
        """;

    [Fact]
    public void Parse_WholeJsonObject_FillsEveryField()
    {
        var expected = new SubmitRequest
        {
            Unit = "411300-G01",
            Form = "2014",
            Period = "2017",
            RequestId = "r-1",
            ExpectedRevision = 0,
            FiledOn = "2017-01-11",
            Cells = { Cell("1.1", 428), new Cell { Code = "8.4", Amount = new Amount { Units = 2, Nanos = 500_000_000 } } },
            Narrative = { Cell("1.1", 1795) },
            Explanations = { new Explanation { CheckId = "filed-early", Text = "because" } },
        };

        var item = Assert.Single(Parse("a.json", Whole));

        Assert.Equal(expected, item.Request);
        Assert.False(item.DerivedId);
    }

    [Fact]
    public void Parse_ExplanationWithLineEndsOfWindows_HasLineFeeds()
    {
        var item = Assert.Single(Parse("a.json", """{"unit":"u","form":"f","period":"2017","nilReturn":true,"explanations":{"c":"one\r\ntwo\rthree\nfour"}}"""));

        Assert.Equal("one\ntwo\nthree\nfour", item.Request.Explanations[0].Text);
    }

    [Fact]
    public void Parse_NumberWithMoreDigitsThanADouble_KeepsEveryDigit()
    {
        var item = Assert.Single(Parse("a.json", """{"unit":"u","form":"f","period":"2017","cells":{"1":9007199254740993.000000001}}"""));

        Assert.Equal(new Amount { Units = 9007199254740993, Nanos = 1 }, item.Request.Cells[0].Amount);
    }

    [Theory]
    [InlineData("""[{"unit":"a","form":"f","period":"2017"},{"unit":"b","form":"f","period":"2017","nilReturn":true}]""")]
    [InlineData("""{"submissions":[{"unit":"a","form":"f","period":"2017"},{"unit":"b","form":"f","period":"2017","nilReturn":true}]}""")]
    public void Parse_SeveralInOneFile_ReadsEach(string text)
    {
        var items = Parse("a.json", text);

        Assert.Equal(["a", "b"], items.Select(item => item.Request.Unit));
        Assert.Equal([false, true], items.Select(item => item.Request.NilReturn));
    }

    [Fact]
    public void Parse_FaultyJson_NamesEveryFault()
    {
        const string text = """{"unit":"u","period":"2017","colour":1,"cells":{"1":"1e3","2":true,"3":1,"3":2},"nilReturn":"no"}""";

        var faults = FaultsOf("a.json", text);

        Assert.Equal(
            ["a.json: colour", "a.json: cells[1]", "a.json: cells[2]", "a.json: cells[3]", "a.json: nilReturn", "a.json: form"],
            faults.Select(fault => fault.Field));
        Assert.Equal(AmountText.Rule, faults[1].Rule);
        Assert.Equal("\"1e3\"", faults[1].Value);
    }

    [Theory]
    [InlineData("a.json", "{", "JSON")]
    [InlineData("a.json", "[1]", "object")]
    [InlineData("a.txt", "", ".json, .csv or .xlsx")]
    [InlineData("a.csv", "unit,form,period,cell\n", "file.header")]
    public void Parse_NotAFileOfSubmissions_SaysWhatIsExpected(string name, string text, string rule) =>
        Assert.Equal(rule, Assert.Single(FaultsOf(name, text)).Rule);

    [Fact]
    public void Parse_Csv_GroupsLinesBySubmission()
    {
        const string text = "\uFEFFunit,form,period,cell,value\r\na,f,2017,1,10\r\nb,f,2017,1,7.25\r\na,f,2017,2,3\r\nc,f,2017,,nil\r\n";

        var items = Parse("a.csv", text);

        Assert.Equal(["a", "b", "c"], items.Select(item => item.Request.Unit));
        Assert.Equal([Cell("1", 10), Cell("2", 3)], items[0].Request.Cells);
        Assert.True(items[2].Request.NilReturn);
        Assert.All(items, item => Assert.True(item.DerivedId));
    }

    [Theory]
    [InlineData("unit,form,period,cell,value\na,f,2017,1,\"1,036\"\n", "1036")]
    [InlineData("unit,form,period,cell,value\na,f,2017,1,\"-1,234,567.50\"\n", "-1234567.5")]
    [InlineData("Unit;Form;Period;Cell;Value;;\na;f;2017;1;\"1,234,567\";;\n;;;;;;\n", "1234567")]
    [InlineData("UNIT\tform\tperiod\tcell\t value\na\tf\t2017\t1\t1,036\n", "1036")]
    public void Parse_CsvAsSpreadsheetsSaveIt_IsTheFigure(string text, string figure) =>
        Assert.Equal(figure, AmountText.Format(Assert.Single(Assert.Single(Parse("a.csv", text)).Request.Cells).Amount));

    [Theory]
    [InlineData("unit;form;period;cell;value\na;f;2017;1;1,036\n", "a.csv: line 2: 1", "1,036")]
    [InlineData("unit;form;period;cell;value\na;f;2017;1;12,5\n", "a.csv: line 2: 1", "12,5")]
    [InlineData("unit,form,period,cell,value\na,f,2017,1,1,036\n", "a.csv: line 2: 6", "036")]
    [InlineData("unit,form,period,cell,value\na,f,2017,1,\"10,36\"\n", "a.csv: line 2: 1", "10,36")]
    [InlineData("unit,form,period,cell,value\na,f,2017,1,\"0,036\"\n", "a.csv: line 2: 1", "0,036")]
    [InlineData("unit,form,period,cell,value\na,,2017,1,1\n", "a.csv: line 2: form", "")]
    public void Parse_CsvThatMayBeMeantTwice_IsRefusedWithLineColumnAndValue(string text, string field, string value)
    {
        var fault = Assert.Single(FaultsOf("a.csv", text));
        Assert.Equal((field, value), (fault.Field, fault.Value));
    }

    [Fact]
    public void Parse_FaultyCsv_NamesEveryLine()
    {
        var faults = FaultsOf("a.csv", "unit,form,period,cell,value\na,f,2017,1,x\na,f,2017\na,f,2017,2,1\na,f,2017,2,1\n");

        Assert.Equal(["a.csv: line 3", "a.csv: line 2: 1", "a.csv: line 5: 2"], faults.Select(fault => fault.Field));
    }

    [Fact]
    public void Derive_SameContentInAnotherOrder_IsTheSameId()
    {
        var one = Assert.Single(Parse("a.json", """{"unit":"u","form":"f","period":"2017","cells":{"1":1,"2":"2.0"}}"""));
        var other = Assert.Single(Parse("b.json", """{"period":"2017","cells":{"2":2,"1":1},"unit":"u","form":"f"}"""));

        Assert.True(one.DerivedId);
        Assert.Equal(RequestIds.Derive(one.Request, 3), RequestIds.Derive(other.Request, 3));
        Assert.InRange(RequestIds.Derive(one.Request, 3).Length, 1, 64);
    }

    [Theory]
    [InlineData("""{"unit":"u","form":"f","period":"2017","cells":{"1":1,"2":3}}""")]
    [InlineData("""{"unit":"u","form":"f","period":"2017","cells":{"1":1}}""")]
    [InlineData("""{"unit":"v","form":"f","period":"2017","cells":{"1":1,"2":2}}""")]
    [InlineData("""{"unit":"u","form":"f","period":"2017","narrative":{"1":1,"2":2}}""")]
    [InlineData("""{"unit":"u","form":"f","period":"2017","cells":{"1":1,"2":2},"expectedRevision":0}""")]
    public void Derive_OtherContent_IsAnotherId(string text)
    {
        var one = Assert.Single(Parse("a.json", """{"unit":"u","form":"f","period":"2017","cells":{"1":1,"2":2}}"""));

        Assert.NotEqual(RequestIds.Derive(one.Request, 3), RequestIds.Derive(Assert.Single(Parse("a.json", text)).Request, 3));
    }

    [Fact]
    public void Derive_AfterAnotherAct_IsAnotherId()
    {
        var one = Assert.Single(Parse("a.json", """{"unit":"u","form":"f","period":"2017","cells":{"1":1,"2":2}}""")).Request;

        Assert.Equal(3, new[] { 0L, 1, 2 }.Select(act => RequestIds.Derive(one, act)).Distinct().Count());
    }

    private static Cell Cell(string code, long units) => new() { Code = code, Amount = new Amount { Units = units } };

    private static SubmissionItem[] Parse(string name, string text)
    {
        var faults = new FaultList();
        var items = SubmissionFiles.Parse(name, text, faults).ToArray();
        faults.ThrowIfAny("faulty");
        return items;
    }

    private static IReadOnlyList<Violation> FaultsOf(string name, string text) =>
        Assert.Throws<CommandFailedException>(() => Parse(name, text)).Violations;
}
