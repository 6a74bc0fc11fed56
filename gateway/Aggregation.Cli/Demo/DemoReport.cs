using Aggregation.Cli.Connection;
using Aggregation.Cli.Files;
using Aggregation.Cli.Output;
using Aggregation.V1;
using Grpc.Core;
using Spectre.Console;

namespace Aggregation.Cli.Demo;

/// <summary>Shows what the sample tenant of the south shows: totals, cell-for-cell arrival, findings, refusals.</summary>
internal sealed class DemoReport(Api reader, Api submitter, Terminal terminal)
{
    private const string Jiangxi = "360000";
    private const string Zone = "411300-G01";
    private static readonly string[] ZoneAndAbove = [Zone, "411300", "410000"];

    private readonly IAnsiConsole _screen = terminal.Screen;

    public async Task ShowProvinceAsync()
    {
        Head("江西省 2012：萍乡市的九类信息，由样例单位填报汇总 Items by class, filed by sample units, summed at the province");
        var total = await TotalAsync(Jiangxi, "items-by-class", "2012");
        TotalTable.Show(_screen, total, await FormAsync("items-by-class"));
    }

    /// <summary>The zone's table at the zone, its city and its province.</summary>
    /// <returns>Whether all cells are the same at all three.</returns>
    public async Task<bool> ShowArrivalAsync()
    {
        Head("南阳高新区 2017：统计表逐格到达市、省 The zone's table arrives cell for cell");
        var form = await FormAsync("2014");
        var totals = new List<Dictionary<string, Amount>>();
        var table = new Table().RoundedBorder().AddColumns("cell", "指标 indicator", "单位 unit");
        foreach (var unit in ZoneAndAbove)
        {
            var total = await TotalAsync(unit, "2014", "2017");
            totals.Add(total.Cells.ToDictionary(cell => cell.Code, cell => cell.Amount, StringComparer.Ordinal));
            table.AddColumn(new TableColumn(Markup.Escape($"{unit} {total.UnitName}")).RightAligned());
        }

        var equal = 0;
        foreach (var cell in form.Cells)
        {
            var amounts = totals.ConvertAll(total => total.GetValueOrDefault(cell.Code));
            equal += amounts.TrueForAll(amount => amount is not null && amount.Equals(amounts[0])) ? 1 : 0;
            // Of the table's zeros there are many; they are compared, not shown.
            if (amounts.Exists(amount => amount is not null && !amount.Equals(new Amount())))
            {
                string[] row = [Markup.Escape(cell.Code), Markup.Escape(cell.NameZh), Markup.Escape(cell.Measure), .. amounts.Select(Display)];
                table.AddRow(row);
            }
        }

        _screen.Write(table);
        _screen.MarkupLineInterpolated($"{equal} of {form.Cells.Count} cells are the same at all three; those that are zero are not shown.");
        return equal == form.Cells.Count;
    }

    public async Task ShowFindingsAsync(SubmissionItem verbatim)
    {
        Head("审核：原样录入的报告，正文与统计表不一致，且早于报告期填报 Check findings of the verbatim report");
        var answer = await submitter.Submissions.ValidateAsync(verbatim.Request, submitter.Call());
        FindingTable.Show(_screen, answer.Findings);
    }

    /// <summary>Sends a copy that is wrong on purpose.</summary>
    /// <returns>Whether it was refused.</returns>
    public async Task<bool> ShowRefusalAsync(SubmissionItem wrong)
    {
        Head($"故意改错的副本被拒绝 A deliberately wrong copy is refused ({wrong.Source})");
        try
        {
            var receipt = await submitter.Submissions.SubmitAsync(wrong.Request, submitter.Call());
            _screen.MarkupLineInterpolated($"[red]It was taken as revision {receipt.Revision}.[/]");
            return false;
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.InvalidArgument)
        {
            var violations = Refusals.Of(refused).Violations;
            _screen.MarkupLineInterpolated($"[red]{Faults.Name(refused.StatusCode)}[/] {refused.Status.Detail}");
            _screen.Write(Faults.Table(violations));
            return violations.Count > 0;
        }
    }

    /// <summary>Compares every province's totals with the sums of the sample files.</summary>
    /// <returns>Whether all are equal.</returns>
    public async Task<bool> CompareAsync(Api tenantReader, IReadOnlyList<LedgerGroup> groups)
    {
        var equal = 0;
        foreach (var group in groups)
        {
            var total = await tenantReader.Rollups.GetTotalAsync(new GetTotalRequest { Total = group.Selector }, tenantReader.Call());
            if (group.Matches(total))
            {
                equal++;
            }
            else
            {
                _screen.MarkupLineInterpolated($"[yellow]{group.Province} {group.Form} {group.Period}[/] differs from the sample files.");
            }
        }

        _screen.MarkupLineInterpolated($"{equal} of {groups.Count} totals of provinces equal the sums of their files, cell by cell.");
        return equal == groups.Count;
    }

    public async Task WriteJsonAsync()
    {
        terminal.WriteJson(await TotalAsync(Jiangxi, "items-by-class", "2012"));
        foreach (var unit in ZoneAndAbove)
        {
            terminal.WriteJson(await TotalAsync(unit, "2014", "2017"));
        }
    }

    private async Task<Total> TotalAsync(string unit, string form, string period)
    {
        var selector = new TotalSelector { Unit = unit, Form = form, Period = period, Scope = Scope.Region, Layer = Layer.Submitted };
        return await reader.Rollups.GetTotalAsync(new GetTotalRequest { Total = selector }, reader.Call());
    }

    private async Task<Form> FormAsync(string form) => await reader.Catalog.GetFormAsync(new GetFormRequest { Form = form }, reader.Call());

    private void Head(string title)
    {
        _screen.WriteLine();
        _screen.Write(new Rule(Markup.Escape(title)).LeftJustified());
    }

    private static string Display(Amount? amount) => amount is null ? "" : AmountText.Display(amount);
}
