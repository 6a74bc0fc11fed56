using System.Diagnostics;
using Aggregation.Operations.Traces;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>One trace as a waterfall: its spans on one scale, each below what caused it, with what it tells when it is opened.</summary>
internal static class TracePage
{
    private const string Orleans = "Microsoft.Orleans.Application";
    private const int IdLength = 32;
    private const int DeepestIndent = 12;

    private static readonly (string Source, string Class, string Text)[] Sources =
    [
        ("Microsoft.AspNetCore", "http", "HTTP"), ("Aggregation.Gateway", "gateway", "网关 gateway"), (Orleans, "orleans", "调用 grain call"),
        ("Aggregation.Ledger", "ledger", "台账 ledger"), ("Aggregation.Journal", "journal", "日志 journal"),
    ];

    public static IResult Show(string id, TraceStore store)
    {
        if (id.Length != IdLength || !id.All(char.IsAsciiHexDigitLower) || store.Find(ActivityTraceId.CreateFromString(id)) is not { Spans.Count: > 0 } trace)
        {
            return Page.NotFound("没有这条链路，或已不再保留 There is no such trace, or it is no longer kept.");
        }

        var waterfall = Waterfall.Of(trace.Spans);
        var linked = store.Known(trace.Spans.SelectMany(static span => span.Links).Select(static link => link.Trace));
        return new Page(
            trace.Rpc,
            Html.Of(
                $"""
                {Head(trace)}
                <div class="waterfall" {(trace.Duration is null ? Html.Of($"data-live=\"1000\"") : Html.None)} id="waterfall">
                <div class="scale"><span></span><span class="ticks">{Html.Each(new[] { 0, 0.25, 0.5, 0.75, 1 }, share => Html.Of($"<span>{Pages.Show.Duration(waterfall.Length * share)}</span>"))}</span><span></span></div>
                {Html.Each(waterfall.Bars, bar => Row(bar, trace, linked))}
                </div>
                <p class="legend">{Html.Each(Sources, static source => Html.Of($"""<span><svg><rect class="{source.Class}" width="100%" height="100%"/></svg> {source.Text}</span>"""))}</p>
                """),
            isLive: trace.Duration is null);
    }

    private static IHtmlContent Head(StoredTrace trace)
    {
        var (kind, text) = Pages.Show.Outcome(trace);
        return Html.Of(
            $"""
            <h1>{trace.Rpc} <span class="badge {kind}">{text}</span></h1>
            <dl class="facts line">
            <div><dt>时间 began</dt><dd>{Pages.Show.FullTime(trace.Began)}</dd></div>
            <div><dt>应答 answered in</dt><dd>{Pages.Show.Duration(trace.Duration)}</dd></div>
            <div><dt>传到顶 settled in</dt><dd>{Pages.Show.Duration(trace.Settled)}</dd></div>
            <div><dt>状态 status</dt><dd>{trace.Status ?? Pages.Show.Nothing}</dd></div>
            <div><dt>租户 tenant</dt><dd>{trace[StoredTrace.Tenant] ?? Pages.Show.Nothing}</dd></div>
            <div><dt>单位 unit</dt><dd>{trace[StoredTrace.Unit] ?? Pages.Show.Nothing}</dd></div>
            <div><dt>报表 form</dt><dd>{trace["aggregation.form"] ?? Pages.Show.Nothing} {trace["aggregation.period"]}</dd></div>
            <div><dt>跨度 spans</dt><dd>{trace.Spans.Count}{(trace.Left > 0 ? $" + {trace.Left} 未保留 not kept" : "")}{(trace.IsPartial ? " · 不全 partial" : "")}</dd></div>
            <div><dt>链路 trace</dt><dd class="id">{trace.Id}</dd></div>
            </dl>
            """);
    }

    private static IHtmlContent Row(Waterfall.Bar bar, StoredTrace trace, HashSet<ActivityTraceId> linked)
    {
        var span = bar.Span;
        var kind = Array.Find(Sources, source => source.Source == span.Source).Class ?? "other";
        return Html.Of(
            $"""
            <details class="span" id="s-{span.Id}"><summary>
            <span class="name d{Math.Min(bar.Depth, DeepestIndent)}">{span.Name.Replace("aggregation.v1.", "", StringComparison.Ordinal)}{Side(span)}</span>
            <svg aria-hidden="true"><rect class="bar {kind}{(span.IsFault ? " failed" : "")}" x="{Html.Percent(bar.Begin)}" width="{Html.Percent(bar.Width)}" height="100%"/></svg>
            <span class="number">{Pages.Show.Duration(span.Duration)}</span></summary>
            <dl class="attributes">
            <div><dt>source</dt><dd>{span.Source} · {span.Kind}</dd></div>
            <div><dt>began</dt><dd>{Pages.Show.FullTime(span.Began)}</dd></div>
            {Html.Each(span.Attributes, static pair => Html.Of($"<div><dt>{pair.Key}</dt><dd>{pair.Value}</dd></div>"))}
            {Html.Each(span.Links, link => Html.Of($"<div><dt>link</dt><dd>{Link(link.Trace, link.Span, trace, linked)}</dd></div>"))}
            </dl></details>
            """);
    }

    /// <summary>A call between grains has a span on each side.</summary>
    private static IHtmlContent Side(StoredSpan span) => (span.Source, span.Kind) switch
    {
        (Orleans, ActivityKind.Client) => Html.Of($""" <span class="quiet">调用 call</span>"""),
        (Orleans, ActivityKind.Server) => Html.Of($""" <span class="quiet">执行 turn</span>"""),
        _ => Html.None,
    };

    private static IHtmlContent Link(ActivityTraceId id, ActivitySpanId span, StoredTrace trace, HashSet<ActivityTraceId> linked) =>
        id == trace.Id ? Html.Of($"""<a href="#s-{span}">{span}</a>""")
        : linked.Contains(id) ? Html.Of($"""<a href="/ops/traces/{id}#s-{span}">{id} {span}</a>""")
        : Html.Of($"{id} {span}");
}
