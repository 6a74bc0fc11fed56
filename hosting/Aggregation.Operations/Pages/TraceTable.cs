using Aggregation.Operations.Traces;
using Microsoft.AspNetCore.Html;

namespace Aggregation.Operations.Pages;

/// <summary>Traces, one a line.</summary>
internal static class TraceTable
{
    public static IHtmlContent Of(IEnumerable<StoredTrace> traces)
    {
        var lines = traces.ToList();
        if (lines.Count == 0)
        {
            return Html.Of($"""<p class="empty">没有链路 No traces.</p>""");
        }

        var longest = lines.Where(static trace => !trace.IsStream).Max(static trace => trace.Duration) ?? TimeSpan.Zero;
        return Html.Of(
            $"""
            <div class="wide"><table class="traces"><thead><tr><th>结果 outcome</th><th>时间 UTC</th><th>RPC</th><th>租户 tenant</th><th>单位 unit</th>
            <th>报表 form</th><th>期 period</th><th>状态 status</th><th class="number">应答 answer</th><th></th><th class="number">到顶 settled</th><th class="number">跨度 spans</th></tr></thead>
            <tbody>{Html.Each(lines, trace => Line(trace, longest))}</tbody></table></div>
            """);
    }

    private static IHtmlContent Line(StoredTrace trace, TimeSpan longest)
    {
        var (kind, text) = Show.Outcome(trace);
        var share = longest > TimeSpan.Zero && trace is { IsStream: false, Duration: { } duration } ? duration / longest : 0;
        return Html.Of(
            $"""
            <tr class="{kind}"><td><span class="badge {kind}">{text}</span></td><td title="{Show.FullTime(trace.Began)}">{Show.Time(trace.Began)}</td>
            <td><a href="/ops/traces/{trace.Id}">{trace.Rpc}</a></td><td>{trace[StoredTrace.Tenant]}</td><td>{trace[StoredTrace.Unit]}</td>
            <td>{trace["aggregation.form"]}</td><td>{trace["aggregation.period"]}</td><td>{trace.Status ?? Show.Nothing}</td>
            <td class="number">{Show.Duration(trace.Duration)}</td>
            <td><svg class="share" aria-hidden="true"><rect width="{Html.Percent(share)}" height="100%"/></svg></td>
            <td class="number">{Show.Duration(trace.Settled)}</td><td class="number">{trace.Spans.Count + trace.Left}{(trace.IsPartial ? " 不全" : "")}</td></tr>
            """);
    }
}
