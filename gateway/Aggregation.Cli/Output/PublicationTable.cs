using System.Globalization;
using Aggregation.Cli.Files;
using Aggregation.V1;
using Spectre.Console;

namespace Aggregation.Cli.Output;

/// <summary>Publications 发布, and what became of one 重述.</summary>
internal static class PublicationTable
{
    public static void Show(IAnsiConsole screen, IReadOnlyCollection<Publication> publications)
    {
        var table = new Table().RoundedBorder()
            .AddColumns("号 number", "口径 scope", "层 layer", "tree", "上报 reported", "完成 completion", "at", "key", "digest", "hash");
        foreach (var publication in publications)
        {
            table.AddRow(
                Text(publication.Number),
                TotalTable.Words(publication.Selector.Scope),
                TotalTable.Words(publication.Selector.Layer),
                Markup.Escape(publication.Selector.Tree),
                $"{Text(publication.Coverage.Submitted)}/{Text(publication.Coverage.Expected)}",
                Words(publication.Completion),
                Text(publication.At.ToDateTimeOffset()),
                Markup.Escape(publication.Actor),
                publication.Digest,
                publication.Hash);
        }

        screen.Write(table);
        foreach (var publication in publications.Where(publication => publication.Completion is { Differences.Count: > 0 }))
        {
            screen.MarkupLineInterpolated($"审后有变 Publication {publication.Number} differs since it was accepted:");
            screen.Write(Cells(publication.Completion.Differences));
        }
    }

    private static string Words(Completion? completion) => completion?.State switch
    {
        null => "",
        CompletionState.Reported => "已上报 reported",
        CompletionState.Accepted => "已审 accepted",
        CompletionState.Returned => "退回 returned",
        CompletionState.DiffersSince => "审后有变 differs since",
        CompletionState.Accepting => $"锁定中 accepting, {Text(completion.Unlocked)} to lock",
        _ => completion.State.ToString(),
    };

    public static void Show(IAnsiConsole screen, Restatement restatement)
    {
        var publication = restatement.Publication;
        var selector = publication.Selector;
        screen.MarkupLineInterpolated(
            $"[bold]{selector.Unit} {publication.UnitName}[/] · {selector.Form} · {selector.Period} · {TotalTable.Words(selector.Scope)} · {TotalTable.Words(selector.Layer)}");
        screen.MarkupLineInterpolated(
            $"发布 publication {publication.Number}, {Text(publication.At.ToDateTimeOffset())}: {TotalTable.Coverage(publication.Coverage)} [grey]· digest {publication.Digest}[/]");
        screen.MarkupLineInterpolated(
            $"现为 now: {TotalTable.Coverage(restatement.Current.Coverage)} [grey]· digest {restatement.Current.Digest}[/]");
        if (restatement.ChangedSubmissions == 0)
        {
            screen.MarkupLine("未变 Nothing has changed since.");
            return;
        }

        screen.Write(Cells(restatement.Cells));
        screen.MarkupLineInterpolated(
            $"{restatement.Submissions.Count} of {restatement.ChangedSubmissions} submissions that differ:");
        screen.Write(Submissions(restatement));
    }

    private static Table Cells(IEnumerable<CellDifference> differences)
    {
        var table = new Table().RoundedBorder().AddColumn("cell");
        foreach (var title in new[] { "发布 published", "units", "现为 now", "units" })
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var cell in differences)
        {
            table.AddRow(
                Markup.Escape(cell.Code), Amount(cell.Published), Text(cell.Published?.Count ?? 0),
                Amount(cell.Current), Text(cell.Current?.Count ?? 0));
        }

        return table;
    }

    private static Table Submissions(Restatement restatement)
    {
        var table = new Table().RoundedBorder().AddColumns("单位 unit", "名称 name", "发布时 then", "现为 now", "at", "hash");
        foreach (var change in restatement.Submissions)
        {
            table.AddRow(
                Markup.Escape(change.Unit),
                Markup.Escape(change.UnitName),
                Revision(change.Then),
                Revision(change.Now),
                change.Now is null ? "" : Text(change.Now.Source.At.ToDateTimeOffset()),
                (change.Now ?? change.Then).Hash);
        }

        return table;
    }

    private static string Amount(CellTotal? cell) => cell is null ? "" : AmountText.Display(cell.Amount);

    private static string Revision(CountedSubmission? counted) => counted is null ? "—" : Text(counted.Source.Revision);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
