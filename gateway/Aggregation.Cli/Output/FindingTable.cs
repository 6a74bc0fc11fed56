using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Findings of checks 审核结果, one a row.</summary>
internal static class FindingTable
{
    public static void Show(IAnsiConsole screen, IEnumerable<Finding> findings)
    {
        var table = new Table().RoundedBorder().AddColumns("审核 check", "强制/核实", "单元格 cell", "值 value", "规则 rule", "说明 message", "情况说明 explanation");
        foreach (var finding in findings)
        {
            table.AddRow(
                Markup.Escape(finding.CheckId), Words(finding.Severity),
                Markup.Escape(finding.Cell), Markup.Escape(finding.Value), Markup.Escape(finding.Rule),
                Markup.Escape(Faults.Both(finding.MessageZh, finding.MessageEn)), Markup.Escape(finding.Explanation));
        }

        screen.Write(table);
    }

    /// <summary>As markup.</summary>
    public static string Words(Severity severity) => severity == Severity.Hard ? "[red]强制 hard[/]" : "[yellow]核实 soft[/]";
}
