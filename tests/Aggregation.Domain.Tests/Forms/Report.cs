using System.Text;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Forms.Loading;
using Aggregation.Domain.Periods;
using Vector = Aggregation.Domain.Figures.Figures;

namespace Aggregation.Domain.Tests.Forms;

/// <summary>Short ways to write forms, figures and findings.</summary>
internal static class Report
{
    public static readonly FormCatalog Catalog = FormCatalog.Load();

    public static readonly Period Year2017 = Period.Parse("2017");

    /// <summary>The form 2014 of the Nanyang zone for 2017: all that is not zero.</summary>
    public static readonly (string Cell, long Value)[] Nanyang =
    [
        ("1.1", 428), ("1.1.a", 72), ("1.1.b", 96), ("1.2.2", 428), ("1.2.4", 196),
        ("8.1", 1), ("8.2", 1), ("8.3", 4), ("8.3.1", 1), ("8.3.2", 3), ("8.4", 2),
        ("9.1", 2), ("9.2", 2), ("9.3", 80),
    ];

    /// <summary>Whole units in the named cells; every other cell is empty.</summary>
    public static Vector Sparse(Form form, params (string Cell, long Value)[] given)
    {
        Assert.True(FigureReader.TryRead(form, [.. given.Select(pair => new CellFigure(pair.Cell, pair.Value, 0))],
            out var figures, out var violations), string.Join('\n', violations));
        return figures;
    }

    /// <summary>Whole units in the named cells; every other cell is zero.</summary>
    public static Vector Full(Form form, params (string Cell, long Value)[] given)
    {
        var named = given.ToDictionary(pair => pair.Cell, pair => pair.Value);
        return Sparse(form, [.. form.Cells.Select(cell => (cell.Code, named.GetValueOrDefault(cell.Code)))]);
    }

    /// <summary>The first figures with some cells replaced.</summary>
    public static (string Cell, long Value)[] With(this (string Cell, long Value)[] given, params (string Cell, long Value)[] changed) =>
        [.. given.Where(pair => changed.All(change => change.Cell != pair.Cell)), .. changed];

    public static Finding[] Check(Form form, ICellValues figures) => [.. form.Check(new CheckInput(figures, Year2017))];

    public static string[] Ids(IEnumerable<Finding> findings) => [.. findings.Select(finding => finding.CheckId)];

    public static Form Compile(string json) => FormCatalog.LoadOnly(Source("form.json", json)).Forms.Single();

    public static FormSource Source(string file, string json) => new(file, new MemoryStream(Encoding.UTF8.GetBytes(json)));

    /// <summary>A definition with cells a, b, c (whole) and m (2 decimals) and the given checks and derived indicators.</summary>
    public static string Definition(string checks = "", string derived = "") => $$"""
        {
          "id": "t", "name": { "zh": "表", "en": "Form" }, "periods": ["year"],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }],
          "indicators": [
            { "code": "a", "name": { "zh": "甲", "en": "A" }, "section": "1", "unit": "件" },
            { "code": "b", "name": { "zh": "乙", "en": "B" }, "section": "1", "unit": "件" },
            { "code": "c", "name": { "zh": "丙", "en": "C" }, "section": "1", "unit": "件" },
            { "code": "m", "name": { "zh": "金额", "en": "Money" }, "section": "1", "unit": "万元", "scale": 2 }
          ],
          "checks": [{{checks}}],
          "derived": [{{derived}}]
        }
        """;

    public static string Rule(string rule, string severity = "hard") =>
        $$$"""{ "id": "r", "severity": "{{{severity}}}", "rule": "{{{rule}}}", "message": { "zh": "左 {left} 右 {right}", "en": "left {left} right {right}" } }""";

    public static string Ratio(string numerator, string denominator, int decimals, bool percent) =>
        $$$"""{ "code": "x", "name": { "zh": "比", "en": "Ratio" }, "unit": "%", "numerator": "{{{numerator}}}", "denominator": "{{{denominator}}}", "decimals": {{{decimals}}}, "percent": {{{(percent ? "true" : "false")}}} }""";
}
