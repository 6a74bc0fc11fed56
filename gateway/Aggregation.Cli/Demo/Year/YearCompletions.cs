using System.Globalization;
using Aggregation.V1;

namespace Aggregation.Cli.Demo.Year;

/// <summary>Offices sign their accepted totals and report their part done, level by level; and a total is published as it was filed.</summary>
internal sealed class YearCompletions(YearStage stage, YearTotals totals, YearTable table)
{
    // From below: no office is done before those below it are.
    private static readonly string[] Levels = ["county", "city", "province"];

    /// <summary>Publishes what is filed at a unit, accepted or not.</summary>
    public async Task PublishAsync()
    {
        await totals.SettleAsync();
        var head = await stage.Keys.HeadAsync(stage.Step.Unit);
        var total = await totals.ReadAsync(head, stage.Step.Unit, Layer.Submitted);
        var request = new PublishRequest { Total = stage.Total(stage.Step.Unit, Layer.Submitted), RequestId = stage.RequestId, ExpectedDigest = total.Digest };
        var publication = await head.Publications.PublishAsync(request, head.Call());
        stage.Tell($"负责人 {stage.Step.Unit}", $"publishes the total as filed, number {publication.Number} 发布");
    }

    public async Task CompleteAsync()
    {
        stage.Tell("上报 completion", "offices sign what they accepted, each level decides on the one below; nobody is above the province");
        await totals.SettleAsync();
        var rows = new List<YearRow>();
        foreach (var level in Levels)
        {
            var offices = stage.Tenant.Offices.Where(office => office.Level == level).Select(office => office.Code).ToList();
            var reported = await stage.EachAsync(offices, CompleteAsync);
            rows.Add(new YearRow(level, "", "offices",
            [
                ("offices", Text(offices.Count)),
                ("reported", Text(reported.Sum(each => each.Count))),
                ("returned", Text(reported.Sum(each => each.Count(publication => publication.Completion.State == CompletionState.Returned)))),
                ("accepted", Text(reported.Sum(each => each.Count(publication => publication.Completion.State == CompletionState.Accepted)))),
            ]));
        }

        table.Show($"{stage.Task.Period} completions", rows);
    }

    /// <summary>Every completion that an office reported, as it was decided on.</summary>
    private async Task<List<Publication>> CompleteAsync(string office)
    {
        var reports = new List<Publication>();
        if (stage.Step.Returns.FirstOrDefault(each => each.Unit == office) is { } returned)
        {
            reports.Add(await DecideAsync(office, await ReportAsync(office, 1), 1, returned.Reason));
            stage.Tell($"上报 {office}", $"completion returned: {returned.Reason} It reports again.");
        }

        var attempt = reports.Count + 1;
        var report = await ReportAsync(office, attempt);
        reports.Add(office == stage.Tenant.Root ? report : await DecideAsync(office, report, attempt, ""));
        return reports;
    }

    private async Task<Publication> ReportAsync(string office, int attempt)
    {
        var head = await stage.Keys.HeadAsync(office);
        var seen = await totals.ReadAsync(head, office, Layer.Accepted);
        var request = new ReportCompletionRequest
        {
            Unit = office,
            Form = stage.Task.Form,
            Period = stage.Task.Period,
            RequestId = $"{stage.RequestId}-report-{attempt}",
            ExpectedDigest = seen.Digest,
            Text = "本级及所属单位已审核完毕（样例）",
        };
        return await head.Reviews.ReportCompletionAsync(request, head.Call());
    }

    /// <param name="reason">Why it is returned; empty: it is accepted.</param>
    private async Task<Publication> DecideAsync(string office, Publication report, int attempt, string reason)
    {
        var reviewer = await stage.Keys.ReviewerAsync(stage.Tenant.OfficeAbove(office));
        var request = new DecideCompletionRequest
        {
            Unit = office,
            Form = stage.Task.Form,
            Period = stage.Task.Period,
            RequestId = $"{stage.RequestId}-decide-{attempt}",
            Number = report.Number,
            Hash = report.Hash,
            Accept = reason.Length == 0,
            Text = reason,
        };
        return await reviewer.Reviews.DecideCompletionAsync(request, reviewer.Call());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
