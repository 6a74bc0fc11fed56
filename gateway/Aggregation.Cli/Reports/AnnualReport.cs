using Aggregation.Cli.Commands;
using Aggregation.Cli.Files;
using Aggregation.Cli.Printing;
using Aggregation.V1;

namespace Aggregation.Cli.Reports;

/// <summary>
/// The prescribed report of a unit for a year: its chapters with the figures of one total filled in. What only the office
/// can write is left to be filled in and marked so.
/// </summary>
internal sealed class AnnualReport
{
    /// <summary>Printed where no unit gave the cell: empty is not zero.</summary>
    public const string NoFigure = "—";

    private readonly Dictionary<string, string> _figures;

    /// <exception cref="CommandFailedException">The form is printed in no report.</exception>
    public AnnualReport(Form form, Total total, Language language)
    {
        if (form.Report is not { } report)
        {
            throw new CommandFailedException($"Form {form.Form_} is printed in no report.");
        }

        Form = form;
        Language = language;
        _figures = total.Cells.ToDictionary(cell => cell.Code, cell => AmountText.Format(cell.Amount), StringComparer.Ordinal);
        var period = total.Selector.Period;
        Title = language.Pick($"{total.UnitName}{period}年{report.TitleZh}", $"{total.UnitName}: {report.TitleEn}, {period}");
        Notes = NotesOf(total);
        Missing = Math.Max(0, total.Coverage.Expected - total.Coverage.Submitted);
        Rates = RatesOf(total);
        Chapters = [.. report.Chapters];
    }

    public Form Form { get; }

    public Language Language { get; }

    public string Title { get; }

    /// <summary>Where the figures come from, one line each.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>How many units have filed nothing; 0: the figures are complete.</summary>
    public int Missing { get; }

    public string MissingNote => Language.Pick(
        $"尚有 {Missing} 个单位未报，以下数字不完整。", $"{Missing} units have not reported: the figures below are not complete.");

    /// <summary>Rates computed from the total, for the office to draw on.</summary>
    public IReadOnlyList<string> Rates { get; }

    public IReadOnlyList<FormChapter> Chapters { get; }

    public string ToWrite => Language.Pick("【待填写：本节由报告单位撰写】", "[To be written by the reporting office]");

    public string RatesIntroduction => Language.Pick("可供撰写引用的比率（由本报告各表数字计算）：", "Rates to draw on, computed from the tables of this report:");

    public string HeadingOf(FormChapter chapter) =>
        chapter.Mark + (Language == Language.Chinese ? chapter.NameZh : $" {chapter.NameEn}");

    public FormTable TableOf(string section) => new(Form, section, Language);

    /// <summary>What is printed for a cell of the form.</summary>
    public string FigureOf(string code) => code.Length == 0 ? "" : _figures.GetValueOrDefault(code, NoFigure);

    private List<string> NotesOf(Total total)
    {
        var (selector, coverage) = (total.Selector, total.Coverage);
        var tree = selector.Tree.Length == 0 || selector.Tree == Selector.Territory ? "" : Language.Pick($"；条线：{selector.Tree}", $"; line: {selector.Tree}");
        var stand = selector.AsOf is { } asOf
            ? PointText.Show(asOf)
            : Language.Pick($"版本 {total.Version?.Epoch}.{total.Version?.Version_}", $"version {total.Version?.Epoch}.{total.Version?.Version_}");
        return
        [
            Language.Pick(
                $"单位 {selector.Unit}；报告期 {selector.Period}；口径：{Words(selector.Scope)}；数据：{Words(selector.Layer)}{tree}",
                $"Unit {selector.Unit}; period {selector.Period}; scope: {Words(selector.Scope)}; figures: {Words(selector.Layer)}{tree}"),
            Language.Pick(
                $"应报 {coverage.Expected}，已报 {coverage.Submitted}，已审 {coverage.Accepted}，退回 {coverage.Returned}，零报告 {coverage.Nil}",
                $"{coverage.Expected} units expected, {coverage.Submitted} submitted, {coverage.Accepted} accepted, {coverage.Returned} returned, {coverage.Nil} nil returns"),
            Language.Pick($"集合摘要 {total.Digest}；{stand}", $"Set digest {total.Digest}; {stand}"),
        ];
    }

    private string Words(Scope scope) => scope switch
    {
        Scope.Own => Language.Pick("本单位", "own"),
        Scope.Level => Language.Pick("本级", "level"),
        _ => Language.Pick("全口径", "region"),
    };

    private string Words(Layer layer) =>
        layer == Layer.Accepted ? Language.Pick("已审", "accepted") : Language.Pick("已报", "submitted");

    private List<string> RatesOf(Total total)
    {
        var known = Form.Derived.ToDictionary(derived => derived.Code, StringComparer.Ordinal);
        var rates = new List<string>();
        foreach (var figure in total.Derived)
        {
            if (figure.Value is { } value && known.TryGetValue(figure.Code, out var derived))
            {
                rates.Add(Language.Pick($"{derived.NameZh}：", $"{derived.NameEn}: ") + AmountText.Format(value, derived.Decimals) + derived.Measure);
            }
        }

        return rates;
    }
}
