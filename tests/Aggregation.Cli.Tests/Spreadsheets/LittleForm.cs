using Aggregation.V1;

namespace Aggregation.Cli.Tests.Spreadsheets;

/// <summary>A form that never changes, so that the workbooks which other programs filled in stay of its version.</summary>
internal static class LittleForm
{
    /// <summary>Two figures, their total, and money with two decimals, in B1 to B4 of a sheet of the form's name.</summary>
    public static Form Form { get; } = new()
    {
        Form_ = "2021",
        NameZh = "小表",
        NameEn = "Little",
        Hash = "0000000000000000000000000000000000000000000000000000000000000009",
        Sections = { new FormSection { Code = "s", NameZh = "小表", NameEn = "Little" } },
        Rows = { Row("x", "甲"), Row("y", "乙"), Row("total", "合计"), Row("money", "金额") },
        Cells =
        {
            Cell("x", "件"), Cell("y", "件"), Cell("total", "件", parts: ["x", "y"]), Cell("money", "万元", scale: 2),
        },
    };

    public const string Sheet = "小表";

    private static FormRow Row(string code, string name) => new() { Section = "s", Heading = new FormHeading { Code = code, NameZh = name, NameEn = code } };

    private static FormCell Cell(string code, string measure, int scale = 0, string[]? parts = null) => new()
    {
        Code = code, Section = "s", Measure = measure, Scale = scale, Max = new Amount { Units = 1_000_000_000 }, Parts = { parts ?? [] },
    };
}
