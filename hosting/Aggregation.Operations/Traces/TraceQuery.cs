using Microsoft.AspNetCore.Http;

namespace Aggregation.Operations.Traces;

/// <summary>What comes first in a list of traces.</summary>
internal enum TraceOrder
{
    /// <summary>Those that failed, then those that were refused, the latest first; then the others, slowest first.</summary>
    Failed,

    /// <summary>By the time from request to answer; streams last, because how long they take is their clients' choice.</summary>
    Slowest,

    Newest,
}

/// <summary>Which traces are asked for. An empty filter lets everything through.</summary>
/// <param name="Tenant">Whole name.</param>
/// <param name="Rpc">Service and method, as lists show them.</param>
/// <param name="Unit">Whole code, of any ledger that the trace touches.</param>
internal sealed record TraceQuery(TraceOrder Order, string Tenant = "", string Rpc = "", string Unit = "")
{
    public const int Most = 100;

    private const int LongestFilter = 200;

    /// <summary>Null: any.</summary>
    public TraceOutcome? Outcome { get; init; }

    /// <summary>What is not understood is as if it were not there: the address is typed by people.</summary>
    public static TraceQuery Of(IQueryCollection query) => new(
        Word<TraceOrder>(query, "order") ?? TraceOrder.Failed, Text(query, "tenant"), Text(query, "rpc"), Text(query, "unit"))
    {
        Outcome = Word<TraceOutcome>(query, "outcome"),
    };

    public IEnumerable<StoredTrace> Of(IEnumerable<StoredTrace> traces)
    {
        var found = traces.Where(trace =>
            (Outcome is null || trace.Outcome == Outcome)
            && (Tenant.Length == 0 || trace.Has(StoredTrace.Tenant, Tenant))
            && (Rpc.Length == 0 || trace.Rpc == Rpc)
            && (Unit.Length == 0 || trace.Has(StoredTrace.Unit, Unit)));
        var ordered = Order switch
        {
            TraceOrder.Slowest => found.OrderBy(static trace => trace.IsStream).ThenByDescending(static trace => trace.Duration ?? TimeSpan.Zero),
            TraceOrder.Newest => found.OrderByDescending(static trace => trace.Began),
            _ => found.OrderByDescending(static trace => trace.Outcome)
                .ThenByDescending(static trace => trace.Outcome == TraceOutcome.Ok ? DateTimeOffset.MinValue : trace.Began)
                .ThenBy(static trace => trace.IsStream).ThenByDescending(static trace => trace.Duration ?? TimeSpan.Zero),
        };
        return ordered.Take(Most);
    }

    private static T? Word<T>(IQueryCollection query, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(query[name], ignoreCase: true, out var word) && Enum.IsDefined(word) ? word : null;

    private static string Text(IQueryCollection query, string name)
    {
        var text = query[name].ToString().Trim();
        return text.Length <= LongestFilter ? text : text[..LongestFilter];
    }
}
