using System.Globalization;
using Aggregation.V1;
using Google.Protobuf;

namespace Aggregation.Cli.Demo.Year;

/// <summary>The administrator opens a reporting task.</summary>
internal sealed class YearOpening(YearStage stage, YearTable table)
{
    /// <exception cref="CommandFailedException">The rules in the script are none.</exception>
    public async Task OpenAsync()
    {
        var administrator = await stage.Keys.AdministratorAsync();
        var request = new OpenTaskRequest { Form = stage.Task.Form, Period = stage.Task.Period, Rules = Rules() };
        var opened = await administrator.Tasks.OpenTaskAsync(request, administrator.Call());
        var over = opened.Rows.Where(row => string.CompareOrdinal(row.Deadline, stage.DayFromToday(0)) < 0).ToList();
        stage.Tell("管理员 administrator", $"opens the task: form {stage.Task.Form}, {opened.Task.Units:N0} units, last days {opened.Task.FirstDeadline} to {opened.Task.LastDeadline}");
        await TellFiguresAsync();
        table.Show($"{stage.Task.Period} opened",
        [
            new YearRow(stage.Tenant.Root, stage.Tenant.Unit(stage.Tenant.Root).Name, "task",
            [
                ("obliged", Text(opened.Task.Units)), ("overdue", Text(over.Sum(row => row.Units))), ("last-day", over.Min(row => row.Deadline) ?? "-"),
            ]),
        ]);
    }

    /// <summary>What the cells are that the tables show.</summary>
    private async Task TellFiguresAsync()
    {
        var reader = await stage.Keys.ReaderAsync();
        var form = await reader.Catalog.GetFormAsync(new GetFormRequest { Form = stage.Task.Form }, reader.Call());
        var shown = stage.Tenant.Script.Figures[stage.Task.Form];
        var cells = form.Cells.Where(cell => shown.Contains(cell.Code)).Select(cell => $"{cell.Code} {cell.NameZh}（{cell.Measure}）");
        stage.Tell("报表 form", $"{form.NameZh} {form.NameEn}; shown: {string.Join(" · ", cells)}");
    }

    /// <summary>As the script has them, but that a last day such as +30 is so many days from today.</summary>
    private TaskRules Rules()
    {
        try
        {
            var rules = JsonParser.Default.Parse<TaskRules>(stage.Task.Rules.GetRawText());
            foreach (var deadline in rules.Deadlines.Where(deadline => deadline.Date.StartsWith('+')))
            {
                deadline.Date = stage.DayFromToday(int.Parse(deadline.Date, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
            }

            return rules;
        }
        catch (Exception fault) when (fault is InvalidProtocolBufferException or InvalidJsonException or FormatException)
        {
            throw new CommandFailedException($"script.json has no rules of a task for {stage.Task.Form} {stage.Task.Period}: {fault.Message}");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
