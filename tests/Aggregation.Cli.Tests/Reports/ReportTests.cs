using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Reports;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Reports;

public sealed class ReportTests
{
    private static readonly Form Form = FormMessages.Annual;

    private static AnnualReport Chinese => new(Form, FormMessages.Total(), Language.Chinese);

    [Fact]
    public void Markdown_OfTheReport_HasThePrescribedChaptersAndMarksWhatTheOfficeWrites()
    {
        var lines = ReportMarkdown.Write(Chinese).Split('\n');

        Assert.Equal(
            [
                "# 样例\\<市\\>2024年政府信息公开工作年度报告",
                "",
                "> 单位 360300；报告期 2024；口径：本级；数据：已审  ",
                "> 应报 12，已报 10，已审 9，退回 1，零报告 2  ",
                "> 集合摘要 00112233445566778899aabbccddeeff；版本 3.7  ",
                "> **尚有 2 个单位未报，以下数字不完整。**  ",
                "",
                "## 一、总体情况",
                "",
                "*【待填写：本节由报告单位撰写】*",
                "",
                "可供撰写引用的比率（由本报告各表数字计算）：",
                "",
                "- 办结率：95.0%",
                "",
                "## 二、主动公开政府信息情况",
                "",
                "**第二十条第（一）项（单位：件）**",
                "",
                "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |",
                "| --- | ---: | ---: | ---: |",
                "| 规章 | 1000 | 1001 | 1002 |",
                "| 行政规范性文件 | 1003 | 1004 | 1005 |",
            ],
            lines.Take(23));
        Assert.Equal(6, lines.Count(line => line.StartsWith("## ", StringComparison.Ordinal)));
        Assert.Equal(3, lines.Count(line => line.Contains("待填写", StringComparison.Ordinal)));
        Assert.Contains("| 行政事业性收费 | 1009.5 |", lines);
        Assert.Contains("| 三、本年度办理结果 |  |  |  |  |  |  |  |", lines);
        Assert.Contains("|   2.其他法律行政法规禁止公开 | 1045 | 1046 | 1047 | 1048 | 1049 | 1050 | 1051 |".Replace("   ", " \u3000\u3000", StringComparison.Ordinal), lines);
        Assert.Contains("| \u3000复议后起诉 | 1195 | 1196 | 1197 | 1198 | — |", lines);
    }

    [Fact]
    public void Html_OfTheReport_ParsesAndHoldsEveryFigureInItsPlace()
    {
        var page = Parse(ReportHtml.Write(Chinese));

        Assert.Equal("样例<市>2024年政府信息公开工作年度报告", page.Root!.Element("head")!.Element("title")!.Value);
        Assert.Equal("zh-CN", page.Root.Attribute("lang")!.Value);
        var tables = page.Descendants("table").ToList();
        Assert.Equal([10, 175, 15], tables.Select(table => table.Descendants("td").Count()));
        Assert.Equal(
            Form.Cells.Select((cell, place) => place == 199 ? "—" : (1000 + place).ToString(CultureInfo.InvariantCulture) + (cell.Scale > 0 ? ".5" : "")),
            tables.SelectMany(table => table.Descendants("td")).Select(cell => cell.Value));
        Assert.Equal(4, tables[0].Descendants("th").Count(head => head.Attribute("class")?.Value == "title"));
        Assert.Equal(3, page.Descendants("p").Count(part => part.Attribute("class")?.Value == "to-write"));
        Assert.Single(page.Descendants("div"), part => part.Attribute("class")?.Value == "missing");
        Assert.DoesNotContain(page.Descendants(), part => part.Name.LocalName is "script" or "link" or "img");
        Assert.Contains("@page", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_OfEveryTable_CoversItsRowsFully()
    {
        foreach (var table in Parse(ReportHtml.Write(Chinese)).Descendants("table"))
        {
            var rows = table.Elements("tr").ToList();
            var open = new Dictionary<int, int>();
            foreach (var row in rows)
            {
                var own = row.Elements().ToList();
                var width = own.Sum(cell => Span(cell, "colspan")) + open.Values.Sum();
                Assert.Equal(rows[0].Elements().Sum(cell => Span(cell, "colspan")), width);
                open = Next(open, own);
            }

            Assert.Empty(open);
        }
    }

    [Fact]
    public void English_OfTheReport_HasNoChineseLabels()
    {
        var total = FormMessages.Total();
        total.UnitName = "Sample";
        total.Coverage = new Coverage { Expected = 10, Submitted = 10 };
        var text = ReportMarkdown.Write(new AnnualReport(Form, total, Language.English));

        Assert.StartsWith("# Sample: Annual report on government information disclosure, 2024\n", text, StringComparison.Ordinal);
        Assert.Contains("| Rules | 1000 | 1001 | 1002 |", text, StringComparison.Ordinal);
        Assert.Contains("[To be written by the reporting office]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("not complete", text, StringComparison.Ordinal);
        Assert.DoesNotContain("公开", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_FormOfNoReport_IsRefused()
    {
        var refused = Assert.Throws<CommandFailedException>(() => new AnnualReport(FormMessages.Of("lists"), FormMessages.Total(), Language.Chinese));
        Assert.Equal("Form lists is printed in no report.", refused.Message);
    }

    private static XDocument Parse(string html)
    {
        using var text = new StringReader(html);
        using var reader = XmlReader.Create(text, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader);
    }

    private static int Span(XElement cell, string name) => int.Parse(cell.Attribute(name)?.Value ?? "1", CultureInfo.InvariantCulture);

    /// <summary>What the rows so far cover of the next one, by how many more rows they reach down: 1 for the next only.</summary>
    private static Dictionary<int, int> Next(Dictionary<int, int> open, List<XElement> row)
    {
        var next = new Dictionary<int, int>();
        foreach (var (rows, width) in open.Select(pair => (pair.Key, pair.Value)).Concat(row.Select(cell => (Span(cell, "rowspan"), Span(cell, "colspan")))))
        {
            if (rows > 1)
            {
                next[rows - 1] = next.GetValueOrDefault(rows - 1) + width;
            }
        }

        return next;
    }
}
