using System.Globalization;
using Aggregation.Cli.Connection;
using Aggregation.V1;

namespace Aggregation.Cli.Demo.Year;

/// <summary>The tables that a reader of the whole tenant sees: coverage and layers, year to date, restatements.</summary>
internal sealed class YearReport(YearStage stage, YearTotals totals, YearTable table)
{
    /// <summary>Coverage 上报情况 and both layers of the units shown.</summary>
    public async Task ShowAsync()
    {
        await totals.SettleAsync();
        var reader = await stage.Keys.ReaderAsync();
        var rows = new List<YearRow>();
        foreach (var unit in stage.Tenant.Script.Shown)
        {
            var submitted = await totals.ReadAsync(reader, unit, Layer.Submitted);
            var accepted = await totals.ReadAsync(reader, unit, Layer.Accepted);
            var obligations = await reader.Tasks.ObligationsAsync(
                new ObligationsRequest { Form = stage.Task.Form, Period = stage.Task.Period, Unit = unit, Limit = 1 }, reader.Call());
            rows.Add(Row(unit, "submitted", [.. Coverage(submitted.Coverage, obligations.Counts), .. totals.Figures(submitted.Cells)]));
            rows.Add(Row(unit, "accepted", totals.Figures(accepted.Cells)));
        }

        table.Show($"{stage.Task.Period} {stage.Step.Stage}", rows);
    }

    /// <summary>本年累计: the accepted quarters at the root as one.</summary>
    public async Task ShowYearToDateAsync()
    {
        await totals.SettleAsync();
        var reader = await stage.Keys.ReaderAsync();
        var year = await reader.Rollups.GetYearToDateAsync(
            new GetYearToDateRequest { Total = stage.Total(stage.Tenant.Root, Layer.Accepted) }, reader.Call());
        var quarters = year.Periods.Select(period => (period.Period, Text(period.Coverage.Accepted)));
        table.Show($"{stage.Task.Period} year-to-date", [Row(stage.Tenant.Root, "accepted", [.. quarters, .. totals.Figures(year.Cells)])]);
    }

    /// <summary>重述: what was signed, and where it was published what was first filed, against what is there now.</summary>
    public async Task RestateAsync()
    {
        await totals.SettleAsync();
        var reader = await stage.Keys.ReaderAsync();
        var rows = new List<YearRow>();
        foreach (var unit in stage.Tenant.Script.Shown)
        {
            var published = await PublicationsAsync(reader, unit);
            rows.AddRange(await CompareAsync(reader, published.Last(each => each.Completion is not null), "signed"));
        }

        var filed = await PublicationsAsync(reader, stage.Tenant.Root);
        if (filed.LastOrDefault(each => each.Completion is null) is { } first)
        {
            rows.AddRange(await CompareAsync(reader, first, "filed"));
        }

        table.Show($"{stage.Task.Period} restatement", rows);
    }

    private async Task<IReadOnlyList<Publication>> PublicationsAsync(Api reader, string unit)
    {
        var request = new ListPublicationsRequest { Unit = unit, Form = stage.Task.Form, Period = stage.Task.Period };
        return (await reader.Publications.ListPublicationsAsync(request, reader.Call())).Publications;
    }

    private async Task<IEnumerable<YearRow>> CompareAsync(Api reader, Publication publication, string what)
    {
        var request = new GetRestatementRequest
        {
            Unit = publication.Selector.Unit, Form = stage.Task.Form, Period = stage.Task.Period, Number = publication.Number,
        };
        var restatement = await reader.Publications.GetRestatementAsync(request, reader.Call());
        return
        [
            Row(request.Unit, what, totals.Figures(restatement.Published.Cells)),
            Row(request.Unit, $"{what}-now",
            [
                .. totals.Figures(restatement.Current.Cells), ("cells", Text(restatement.Cells.Count)), ("submissions", Text(restatement.ChangedSubmissions)),
            ]),
        ];
    }

    private static IEnumerable<(string Name, string Value)> Coverage(Coverage coverage, ObligationCounts counts) =>
    [
        ("expected", Text(coverage.Expected)), ("submitted", Text(coverage.Submitted)), ("accepted", Text(coverage.Accepted)),
        ("returned", Text(coverage.Returned)), ("nil", Text(coverage.Nil)), ("late", Text(counts.Late)), ("missing", Text(counts.Missing)),
        ("open", Text(counts.Open)),
    ];

    private YearRow Row(string unit, string what, IEnumerable<(string Name, string Value)> values) =>
        new(unit, stage.Tenant.Unit(unit).Name, what, [.. values]);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
