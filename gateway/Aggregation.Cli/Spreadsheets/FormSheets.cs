using Aggregation.Cli.Printing;
using Aggregation.V1;

namespace Aggregation.Cli.Spreadsheets;

/// <summary>A sheet with tables of the form; its grid begins in A1.</summary>
internal sealed record FormSheet(string Name, TableGrid Grid);

/// <summary>
/// How a form stands in a workbook: a cover with what is not a figure, a sheet for each chapter of the report, or one for a
/// form of no report, and a sheet for explanations. Templates are written by it, and filled ones are read by it.
/// </summary>
internal sealed class FormSheets
{
    public const string CoverName = "填报信息";
    public const string ExplanationsName = "情况说明";

    public const int FormRow = 1;
    public const int HashRow = 2;
    public const int LanguageRow = 3;
    public const int UnitRow = 4;
    public const int PeriodRow = 5;
    public const int FiledOnRow = 6;
    public const int NilRow = 7;

    private const int LongestName = 31;

    /// <summary>The first column of the cover, from its first row.</summary>
    public static readonly IReadOnlyList<string> CoverLabels =
    [
        "填报信息 Submission", "报表 Form", "报表版本 Form version", "语言 Language", "单位代码 Unit", "报告期 Period",
        "填报日期 Filed on (YYYY-MM-DD)", "零报告 Nil return (yes)",
    ];

    /// <summary>The first row of the explanations.</summary>
    public static readonly IReadOnlyList<string> ExplanationLabels = ["审核公式 Check", "情况说明 Explanation"];

    public FormSheets(Form form, Language language)
    {
        Form = form;
        Language = language;
        Tables = form.Report is { } report
            ? [.. report.Chapters.Where(chapter => chapter.Sections.Count > 0).Select(chapter => new FormSheet(
                NameOf(chapter.Mark + language.Pick(chapter.NameZh, chapter.NameEn)), ChapterGrid.Of(form, chapter.Sections, language)))]
            : [new FormSheet(
                NameOf(language.Pick(form.NameZh, form.NameEn)),
                ChapterGrid.Of(form, [.. form.Sections.Select(section => section.Code)], language))];
    }

    public Form Form { get; }

    public Language Language { get; }

    public IReadOnlyList<FormSheet> Tables { get; }

    /// <summary>As findings name a place: Sheet "name" F12.</summary>
    public static string Describe(string sheet, SheetPlace place) => $"Sheet \"{sheet}\" {place}";

    /// <summary>Spreadsheets take neither long names nor some characters.</summary>
    private static string NameOf(string text)
    {
        var name = string.Concat(text.Where(character => !"[]:*?/\\'".Contains(character, StringComparison.Ordinal)));
        return name.Length <= LongestName ? name : name[..LongestName].TrimEnd();
    }
}
