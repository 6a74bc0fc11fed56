using Aggregation.Operations.Live;
using Aggregation.Operations.Traces;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>What the host is doing now.</summary>
internal static class OverviewPage
{
    private const int MostFailed = 4;
    private const int MostSlow = 6;

    public static IResult Show(LiveView? live, TraceStore traces) => new Page(
        "概况 Overview",
        Html.Of(
            $"""
            <div data-live="1000" id="overview">
            {(live is null ? Html.Of($"""<p class="empty">尚无读数 No readings yet: two seconds after the start, unless Metrics:Enabled is false.</p>""") : Live(live))}
            <section class="panel wide"><h2>失败与最慢 <span class="quiet">Failed and slowest requests</span> <a href="/ops/traces">全部 all</a></h2>
            {TraceTable.Of(Worst(traces))}
            <p class="quiet">{Pages.Show.Count(traces.Count)} 条链路 traces, {Pages.Show.Bytes(traces.Bytes)}</p></section>
            </div>
            """),
        isLive: true);

    /// <summary>Requests that were refused are many on a bad day, and leave room for slow ones.</summary>
    private static IEnumerable<StoredTrace> Worst(TraceStore traces) =>
        traces.Search(new TraceQuery(TraceOrder.Failed)).Where(static trace => trace.Outcome != TraceOutcome.Ok).Take(MostFailed)
            .Concat(traces.Search(new TraceQuery(TraceOrder.Slowest)).Take(MostSlow)).DistinctBy(static trace => trace.Id);

    private static IHtmlContent Live(LiveView live) => Html.Of(
        $"""
        <p class="quiet when">{Pages.Show.FullTime(live.At)} · 速率与分位数取最近 {Pages.Show.Duration(live.Window)} rates and quantiles; 曲线为最近 5 分钟 lines: 5 min</p>
        <div class="tiles">
        {Tile("填报", "submissions", Pages.Show.Rate(live.Rate(Series.Submits, "accepted")) + " /s", $"启动以来 since start: {Pages.Show.Count(live.Total(Series.Submits, "accepted").Count)}", live.Rates(Series.Submits, "accepted"))}
        {Tile("拒绝", "refused", Pages.Show.Rate(live.Rate(Series.Refused)) + " /s", $"启动以来 since start: {Pages.Show.Count(live.Total(Series.Refused).Value)}", live.Rates(Series.Refused))}
        {Tile("填报时延", "submit p99", Pages.Show.Duration(live.Lately(Series.Submits).Quantile(0.99)), $"中位 median {Pages.Show.Duration(live.Lately(Series.Submits).Quantile(0.5))}", live.Quantiles(Series.Submits, 0.99))}
        {Tile("新鲜度", "receipt → root p99", Pages.Show.Duration(live.Lately(Series.FreshnessByRoot, "true").Quantile(0.99)), $"中位 median {Pages.Show.Duration(live.Lately(Series.FreshnessByRoot, "true").Quantile(0.5))}", live.Quantiles(Series.FreshnessByRoot, 0.99, "true"))}
        {Tile("上推积压", "push backlog", Pages.Show.Count(live.Total(Series.Pending).Value), $"最久 overdue {Pages.Show.Duration(live.Total(Series.Overdue).Value)}", live.Levels(Series.Pending))}
        {Tile("日志提交", "commit p99", Pages.Show.Duration(live.Lately(Series.Commits).Quantile(0.99)), $"每批 batch {Mean(live, Series.Batches)}", live.Quantiles(Series.Commits, 0.99))}
        </div>
        <div class="panels">
        {OverviewPanels.All(live)}
        </div>
        """);

    private static string Mean(LiveView live, Series series) =>
        Pages.Show.Mean(live.Lately(series).Value, live.Lately(series).Count, "0.0");

    private static IHtmlContent Tile(string zh, string en, string value, string below, IReadOnlyList<double> line) => Html.Of(
        $"""<div class="tile"><h2>{zh} <span class="quiet">{en}</span></h2><p class="value">{value}</p>{Html.Sparkline(line)}<p class="quiet">{below}</p></div>""");
}
