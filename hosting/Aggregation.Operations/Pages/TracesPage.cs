using Aggregation.Operations.Traces;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Pages;

/// <summary>The list of traces, in an order and through filters that the address holds.</summary>
internal static class TracesPage
{
    private const int MostChoices = 200;

    private static readonly (TraceOrder Order, string Text)[] Orders =
    [
        (TraceOrder.Failed, "失败在先 failed first"), (TraceOrder.Slowest, "最慢在先 slowest first"), (TraceOrder.Newest, "最新在先 newest first"),
    ];

    private static readonly (string Value, string Text)[] Outcomes =
    [
        ("", "全部 all"), ("failed", "失败 failed"), ("refused", "拒绝 refused"), ("ok", "成功 ok"),
    ];

    public static IResult Show(TraceQuery query, TraceStore store)
    {
        var found = store.Search(query);
        var chosen = query.Outcome?.ToString().ToLowerInvariant() ?? "";
        return new Page(
            "链路 Traces",
            Html.Of(
                $"""
                <form class="filters" method="get" action="/ops/traces">
                <label>次序 order <select name="order">{Html.Each(Orders, order => Option(Word(order.Order), order.Text, order.Order == query.Order))}</select></label>
                <label>结果 outcome <select name="outcome">{Html.Each(Outcomes, outcome => Option(outcome.Value, outcome.Text, outcome.Value == chosen))}</select></label>
                <label>租户 tenant <select name="tenant">{Choices(store.Values(static trace => trace[StoredTrace.Tenant], MostChoices), query.Tenant)}</select></label>
                <label>RPC <select name="rpc">{Choices(store.Values(static trace => trace.Rpc, MostChoices), query.Rpc)}</select></label>
                <label>单位 unit <input name="unit" value="{query.Unit}" placeholder="610101-D01" spellcheck="false" autocomplete="off"></label>
                <button>筛选 Filter</button> <a href="/ops/traces">清除 clear</a>
                </form>
                <div data-live="2000" id="traces">
                {TraceTable.Of(found)}
                <p class="quiet">{found.Count} / {store.Count} 条链路 traces{(found.Count == TraceQuery.Most ? $"，只列前 {TraceQuery.Most} 条 first {TraceQuery.Most} shown" : "")} · {Pages.Show.Bytes(store.Bytes)}</p>
                </div>
                """),
            isLive: true);
    }

    private static string Word(TraceOrder order) => order.ToString().ToLowerInvariant();

    /// <summary>What is chosen stays a choice, though none of the traces has it now.</summary>
    private static IHtmlContent Choices(IReadOnlyList<string> values, string chosen) => Html.Each(
        values.Append(chosen).Append("").Distinct().Order(StringComparer.Ordinal),
        value => Option(value, value.Length == 0 ? "全部 all" : value, value == chosen));

    private static IHtmlContent Option(string value, string text, bool isChosen) => isChosen
        ? Html.Of($"""<option value="{value}" selected>{text}</option>""")
        : Html.Of($"""<option value="{value}">{text}</option>""");
}
