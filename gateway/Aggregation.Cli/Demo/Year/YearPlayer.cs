using System.Globalization;
using Aggregation.Cli.Output;

namespace Aggregation.Cli.Demo.Year;

/// <summary>
/// Plays a tenant's script from where it stopped. A step that was interrupted is done again: its requests have the same ids, so
/// whatever was done of it stays done once.
/// </summary>
internal sealed class YearPlayer(YearTenant tenant, YearKeys keys, YearProgress progress, Terminal terminal, bool json, CancellationToken cancellation)
{
    private static readonly string[] Tables = ["show", "restate", "yearToDate"];

    /// <summary>The values shown, and how many of them were not as expected.</summary>
    public YearTable Table { get; } = new(terminal, tenant, json);

    /// <returns>How many steps were done now; 0: the year had been played.</returns>
    public async Task<int> PlayAsync()
    {
        var steps = Steps();
        var before = progress.Done;
        YearStage? last = null;
        foreach (var stage in steps.Skip(before))
        {
            last = last is null ? stage : stage.After(last);
            await DoAsync(last);
            await progress.SaveAsync(progress.Done + 1, cancellation);
        }

        return steps.Count - before;
    }

    /// <summary>Shows every table again that nothing was done after.</summary>
    public async Task ShowAgainAsync()
    {
        foreach (var task in Steps().GroupBy(stage => stage.Task))
        {
            var steps = task.ToList();
            var lastAct = steps.FindLastIndex(stage => !Tables.Contains(stage.Step.Do));
            foreach (var stage in steps.Skip(lastAct + 1))
            {
                await DoAsync(stage);
            }
        }
    }

    private List<YearStage> Steps()
    {
        var steps = new List<YearStage>();
        foreach (var (task, i) in tenant.Script.Tasks.Select((task, i) => (task, i)))
        {
            foreach (var step in task.Steps.Prepend(new YearStep("open")))
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"year-{steps.Count:000}");
                steps.Add(new YearStage(tenant, keys, task, i + 1, step, id, terminal, json, cancellation));
            }
        }

        return steps;
    }

    private async Task DoAsync(YearStage stage)
    {
        var filing = new YearFiling(stage);
        var reviewing = new YearReviewing(stage);
        var totals = new YearTotals(stage);
        var completions = new YearCompletions(stage, totals, Table);
        var report = new YearReport(stage, totals, Table);
        await (stage.Step.Do switch
        {
            "open" => new YearOpening(stage, Table).OpenAsync(),
            "extend" => reviewing.ExtendAsync(),
            "file" => filing.FileAsync(),
            "submit" => filing.SubmitAsync(),
            "refused" => filing.TryAsync(),
            "sign" => reviewing.SignAsync(),
            "return" => reviewing.ReturnAsync(),
            "accept" => reviewing.AcceptAsync(),
            "publish" => completions.PublishAsync(),
            "complete" => completions.CompleteAsync(),
            "lock" => reviewing.LockAsync(),
            "reopen" => reviewing.ReopenAsync(),
            "show" => report.ShowAsync(),
            "yearToDate" => report.ShowYearToDateAsync(),
            "restate" => report.RestateAsync(),
            _ => throw new CommandFailedException($"script.json of {tenant.Tenant} has a step '{stage.Step.Do}', which there is not."),
        });
    }
}
