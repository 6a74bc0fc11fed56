using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Where reports stand, and what became of acts on many.</summary>
internal static class ReviewTable
{
    private const int HashShown = 16;

    public static void Show(IAnsiConsole screen, IEnumerable<Standing> standings)
    {
        var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name", "状态 state", "版次 revision", "签署 signed", "锁定 locked", "hash");
        foreach (var standing in standings)
        {
            table.AddRow(
                Markup.Escape(standing.Unit), Markup.Escape(standing.UnitName), Words(standing),
                standing.Revision == 0 ? "" : $"{standing.Revision}", standing.Signed ? "✓" : "", standing.Locked ? "✓" : "",
                standing.Hash[..Math.Min(HashShown, standing.Hash.Length)]);
        }

        screen.Write(table);
    }

    /// <param name="done">What was done, and to how many.</param>
    public static void Show(IAnsiConsole screen, string done, int count, IEnumerable<ReviewOutcome> outcomes)
    {
        screen.MarkupLineInterpolated($"{done}: {count}");
        var skipped = outcomes.Where(outcome => outcome.Error is not null).ToList();
        if (skipped.Count == 0)
        {
            return;
        }

        var table = new Table().RoundedBorder().Title($"未处理 skipped: {skipped.Count}").AddColumns("单位 unit", "原因 why");
        foreach (var outcome in skipped)
        {
            table.AddRow(Markup.Escape(outcome.Unit), Markup.Escape(outcome.Error.Message));
        }

        screen.Write(table);
    }

    private static string Words(Standing standing) => standing.State switch
    {
        ReportState.None => "未报 none",
        ReportState.Submitted => standing.AcceptedRevision > 0 ? "待审 更正 correction" : "待审 submitted",
        ReportState.Returned => "退回 returned",
        ReportState.Accepted => "已审 accepted",
        _ => standing.State.ToString(),
    };
}
