using Aggregation.Domain.Texts;

namespace Aggregation.Domain.Tests.Texts;

public sealed class CsvTableTests
{
    private static readonly CsvColumns Columns = new(["code", "name", "to"], Required: ["code", "name"]);

    [Theory]
    [InlineData("code,name,to\n1,丙市,x\n")]
    [InlineData("code;name;to\n1;丙市;x\n")]
    [InlineData("code\tname\tto\n1\t丙市\tx\n")]
    [InlineData("\"code\";\"name\";\"to\"\r\n\"1\";\"丙市\";\"x\"\r\n")]
    [InlineData("\uFEFF Code , NAME,To\n1, 丙市 ,x\n")]
    [InlineData("ｃｏｄｅ,na me,　to\u00A0\n1,丙市,x\n")]
    [InlineData("code,name,to,,\n1,丙市,x,,\n,,,,\n")]
    [InlineData("code,name,to\n1,丙市,x,,,\n")]
    [InlineData("to,,name,code\nx,,丙市,1\n")]
    [InlineData("\n\ncode,name,to\n\n1,丙市,x\n\n")]
    public void Read_AsSpreadsheetsSaveIt_IsTheTable(string text)
    {
        var table = CsvTable.Read(text, Columns);

        Assert.Empty(table.Faults);
        Assert.Equal("1|丙市|x", string.Join('|', Assert.Single(table.Rows).Values));
    }

    // Excel leaves out separators at the end of lines; what must be there is never taken for empty.
    [Fact]
    public void Read_ColumnsLeftOutAtTheEnd_AreEmptyWhereTheyMayBe()
    {
        var table = CsvTable.Read("code,name,to\n1,丙市\n2\n", Columns);

        Assert.Equal("1|丙市|", string.Join('|', Assert.Single(table.Rows).Values));
        var fault = Assert.Single(table.Faults);
        Assert.Equal((3, "1", CsvRules.Fields), (fault.Line, fault.Value, fault.Rule));
    }

    [Theory]
    [InlineData("code,name,to\n1,a,x,036\n", 2, "4", "036", CsvRules.Fields)]
    [InlineData("code,,name,to\n1,y,a,x\n", 2, "2", "y", CsvRules.Fields)]
    [InlineData("code;name;to\n1,a,x\n", 2, "", "1", CsvRules.Fields)]
    [InlineData("code;name,to\n1;a,x\n", 1, "code;name", "code;name", CsvRules.Header)]
    [InlineData("code,name,Code\n1,a,2\n", 1, "Code", "Code", CsvRules.Header)]
    [InlineData("code,to\n1,a\n", 1, "name", "", CsvRules.Header)]
    [InlineData("", 1, "", "", CsvRules.Header)]
    [InlineData("code,name\n1,a\"b\n", 2, "", "", CsvRules.Fields)]
    public void Read_WhatIsLeftOpen_IsRefusedWithLineColumnAndValue(string text, int line, string column, string value, string rule)
    {
        var fault = CsvTable.Read(text, Columns).Faults[0];

        Assert.Equal((line, column, value, rule), (fault.Line, fault.Column, fault.Value, fault.Rule));
        Assert.NotEmpty(fault.MessageZh);
        Assert.NotEmpty(fault.MessageEn);
    }

    [Fact]
    public void Read_MoreLinesThanAreTaken_StopsThere()
    {
        var table = CsvTable.Read("code,name\n1,a\n2,b\n3,c\n4,d\n", Columns, most: 2);

        Assert.Equal(2, table.Rows.Count);
        Assert.Equal((4, CsvRules.Rows), (Assert.Single(table.Faults).Line, table.Faults[0].Rule));
    }
}
