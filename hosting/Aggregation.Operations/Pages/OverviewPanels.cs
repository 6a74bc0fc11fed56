using Aggregation.Operations.Live;
using Microsoft.AspNetCore.Html;

namespace Aggregation.Operations.Pages;

/// <summary>The tables of the overview.</summary>
internal static class OverviewPanels
{
    private const int MostRows = 12;

    private static readonly string[] Levels = ["province", "city", "county", "township", "village", "none"];

    public static IHtmlContent All(LiveView live) => Html.Of(
        $"{Ledgers(live)}{Calls(live)}{Answers(live)}{Journal(live)}{Audits(live)}{Tenants(live)}{Process(live)}");

    /// <summary>Where totals are late: what each level waits for.</summary>
    private static IHtmlContent Ledgers(LiveView live) => Panel("台账与滞后", "Ledgers and their lag", Html.Of(
        $"""
        <table><thead><tr><th>级别 level</th><th>上推 push /s</th><th>p99</th><th>新鲜度 fresh p50</th><th>p99</th></tr></thead><tbody>
        {Html.Each(Levels.Where(level => live.Total(Series.Pushes, level).Count > 0 || live.Total(Series.Freshness, level).Count > 0), level => Html.Of(
            $"""
            <tr><td>{Show.Level(level)}</td><td>{Show.Rate(live.Rate(Series.Pushes, level))}</td>
            <td>{Show.Duration(live.Lately(Series.Pushes, level).Quantile(0.99))}</td>
            <td>{Show.Duration(live.Lately(Series.Freshness, level).Quantile(0.5))}</td>
            <td>{Show.Duration(live.Lately(Series.Freshness, level).Quantile(0.99))}</td></tr>
            """))}
        </tbody></table>
        {Facts(
            ("在内存 in memory", Show.Count(live.Total(Series.Open).Value)),
            ("待上推 behind", Show.Count(live.Total(Series.Pending).Value)),
            ("最久未达 overdue", Show.Duration(live.Total(Series.Overdue).Value)),
            ("推送失败 pushes failed", Show.Count(live.Total(Series.PushOutcomes, "failed").Value)),
            ("被接管 superseded", Show.Count(live.Total(Series.Superseded).Value)),
            ("换树受阻 swaps stuck", Show.Count(live.Total(Series.SwapsStuck).Value)))}
        """));

    private static IHtmlContent Calls(LiveView live) => Panel("调用", "Calls", Html.Of(
        $"""
        <table><thead><tr><th>RPC</th><th>/s</th><th>p50</th><th>p99</th></tr></thead><tbody>
        {Html.Each(live.Values(Series.Calls).OrderByDescending(method => live.Lately(Series.Calls, method).Count)
            .ThenByDescending(method => live.Total(Series.Calls, method).Count).Take(MostRows), method => Html.Of(
            $"""
            <tr><td>{Show.Rpc(method)}</td><td>{Show.Rate(live.Rate(Series.Calls, method))}</td>
            <td>{Show.Duration(live.Lately(Series.Calls, method).Quantile(0.5))}</td>
            <td>{Show.Duration(live.Lately(Series.Calls, method).Quantile(0.99))}</td></tr>
            """))}
        </tbody></table>
        {Facts(("订阅 watches", Show.Count(live.Total(Series.Watches).Value)), ("推送更新 updates /s", Show.Rate(live.Rate(Series.Updates))))}
        """));

    /// <summary>What calls were answered with, and why ledgers refused.</summary>
    private static IHtmlContent Answers(LiveView live) => Panel("应答", "Answers", Html.Of(
        $"""
        <table><thead><tr><th>状态 status</th><th>/s</th><th>合计 total</th></tr></thead><tbody>
        {Html.Each(live.Values(Series.Statuses).OrderByDescending(code => live.Total(Series.Statuses, code).Times), code => Counted(live, Series.Statuses, code, code))}
        </tbody><thead><tr><th>台账拒绝 refused by ledgers</th><th>/s</th><th>合计 total</th></tr></thead><tbody>
        {Html.Each(live.Values(Series.Refused), reason => Counted(live, Series.Refused, reason, reason))}
        </tbody></table>
        """));

    private static IHtmlContent Journal(LiveView live) => Panel("日志与存储", "Journal and storage", Facts(
        ("数据库 database", string.Join(", ", live.Values(Series.Commits))),
        ("数据文件 file", Size(live, "database")),
        ("预写日志 write-ahead log", Size(live, "log")),
        ("启动以来写入 entries since start", Show.Count(live.Total(Series.Batches).Value)),
        ("写入 entries /s", Show.Rate(live.Lately(Series.Batches).Value / Math.Max(live.Window.TotalSeconds, 1))),
        ("每批 batch", Show.Mean(live.Lately(Series.Batches).Value, live.Lately(Series.Batches).Count, "0.0")),
        ("写入等待 append p99", Show.Duration(live.Lately(Series.Appends).Quantile(0.99))),
        ("提交 commit p99", Show.Duration(live.Lately(Series.Commits).Quantile(0.99))),
        ("落盘 sync p99", Show.Duration(live.Lately(Series.Syncs).Quantile(0.99))),
        ("排队 queued", Show.Count(live.Total(Series.Queue).Value)),
        ("当前事务 running for", Show.Duration(live.Total(Series.Running).Value)),
        ("失败 failures", Show.Count(live.Total(Series.Failures).Value))));

    private static IHtmlContent Audits(LiveView live) => Panel("核对与修复", "Audits and repairs", Facts(
        ("核对 audits", Show.Count(live.Total(Series.Audits).Count)),
        ("无差异 clean", Show.Count(live.Total(Series.Audits, "clean").Count)),
        ("有差异 with drift", Show.Count(live.Total(Series.Audits, "drift").Count)),
        ("未完成 failed", Show.Count(live.Total(Series.Audits, "failed").Count)),
        ("平均 mean", Show.Duration(live.Total(Series.Audits) is { Count: > 0 } audits ? audits.Value / audits.Count : null)),
        ("差异台账 ledgers with drift", Show.Count(live.Total(Series.Drift).Value)),
        ("已修复 repaired", Show.Count(live.Total(Series.Repaired).Value))));

    private static IHtmlContent Tenants(LiveView live) => Panel("租户", "Tenants", Html.Of(
        $"""
        <table><thead><tr><th>租户 tenant</th><th>调用 calls /s</th><th>合计 total</th></tr></thead><tbody>
        {Html.Each(live.Values(Series.Tenants).OrderByDescending(tenant => live.Lately(Series.Tenants, tenant).Value).Take(MostRows), tenant => Counted(live, Series.Tenants, tenant, tenant))}
        </tbody></table>
        {Facts(("即将到期密钥 keys expiring", Show.Count(live.Total(Series.KeysExpiring).Value)))}
        """));

    private static IHtmlContent Process(LiveView live) => Panel("进程", "Process", Facts(
        ("内存 memory", Show.Bytes(live.Total(Series.Memory).Value)),
        ("处理器 processors busy", Show.Rate(live.Rate(Series.Processor))),
        ("回收暂停 paused by collections", Html.Percent(Math.Round(live.Rate(Series.Pauses), 4)))));

    /// <summary>PostgreSQL's files are on its own machine.</summary>
    private static string Size(LiveView live, string file) =>
        live.Values(Series.Files).Contains(file) ? Show.Bytes(live.Total(Series.Files, file).Value) : Show.Nothing;

    private static IHtmlContent Counted(LiveView live, Series series, string value, string name) =>
        Html.Of($"<tr><td>{name}</td><td>{Show.Rate(live.Rate(series, value))}</td><td>{Show.Count(live.Total(series, value).Times)}</td></tr>");

    private static IHtmlContent Facts(params (string Name, string Value)[] facts) =>
        Html.Of($"""<dl class="facts">{Html.Each(facts, static fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>""");

    private static IHtmlContent Panel(string zh, string en, IHtmlContent content) =>
        Html.Of($"""<section class="panel"><h2>{zh} <span class="quiet">{en}</span></h2>{content}</section>""");
}
