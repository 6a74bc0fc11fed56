using System.Diagnostics;
using Aggregation.Operations.Pages;

namespace Aggregation.Operations.Traces;

/// <summary>How a request ended.</summary>
internal enum TraceOutcome
{
    Ok,

    /// <summary>Answered with an error that is the client's to mend.</summary>
    Refused,

    /// <summary>The server, or its host, is at fault somewhere in it.</summary>
    Failed,
}

/// <summary>What is kept of one trace. Grows while spans end; whoever reads it holds the store's lock, or a <see cref="Copy"/>.</summary>
internal sealed class StoredTrace(ActivityTraceId id, DateTimeOffset began, bool isPartial)
{
    public const string Tenant = "aggregation.tenant";
    public const string Unit = "aggregation.unit";

    private const int OwnBytes = 600;
    private const string StatusCode = "rpc.response.status_code";

    private readonly List<StoredSpan> _spans = [];
    private StoredSpan? _root;
    private StoredSpan? _call;

    public ActivityTraceId Id => id;

    /// <summary>Hops are missing: that it is worth keeping showed when they had ended.</summary>
    public bool IsPartial => isPartial;

    public DateTimeOffset Began => _root?.Began ?? began;

    public IReadOnlyList<StoredSpan> Spans => _spans;

    /// <summary>Spans beyond the most that are kept.</summary>
    public int Left { get; private set; }

    public int Bytes { get; private set; } = OwnBytes;

    /// <summary>From request to answer; null while it is not answered.</summary>
    public TimeSpan? Duration => _root?.Duration;

    /// <summary>Until the last that it caused, such as the root's ledger holding it.</summary>
    public TimeSpan Settled => _spans.Count == 0 ? TimeSpan.Zero : _spans.Max(static span => span.Ended) - Began;

    /// <summary>How long it takes is its client's choice.</summary>
    public bool IsStream => _call?["aggregation.stream"] == "true";

    public TraceOutcome Outcome { get; private set; }

    /// <summary>Service and method; of what no RPC began, the name of its span.</summary>
    public string Rpc => Show.Rpc(_call?.Name ?? _root?.Name ?? (_spans.Count > 0 ? _spans[0].Name : ""));

    /// <summary>gRPC's status; null where there is no call, or none that ended.</summary>
    public string? Status => _call?[StatusCode];

    public string? this[string attribute] => _call?[attribute] ?? _spans.Select(span => span[attribute]).FirstOrDefault(static value => value is not null);

    /// <summary>Whether one of its spans has the attribute.</summary>
    public bool Has(string attribute, string value) => _spans.Exists(span => span[attribute] == value);

    /// <returns>By how many bytes it grew.</returns>
    public int Add(StoredSpan span, int most)
    {
        // The request's own spans end last, and tell what the trace is: there is always room for them.
        var isRoot = span is { Kind: ActivityKind.Server, Source: TraceCollector.Requests or TraceCollector.Gateway } && IsAbove(span);
        var isCall = span.Source == TraceCollector.Gateway && span["rpc.method"] is not null;
        Outcome = Worst(span, isCall);
        if (isRoot)
        {
            _root = span;
        }

        if (isCall)
        {
            _call = span;
        }

        if (_spans.Count >= most && !isRoot && !isCall)
        {
            Left++;
            return 0;
        }

        _spans.Add(span);
        Bytes += span.Bytes;
        return span.Bytes;
    }

    /// <summary>As it is now.</summary>
    public StoredTrace Copy()
    {
        var copy = new StoredTrace(id, began, isPartial) { _root = _root, _call = _call, Left = Left, Bytes = Bytes, Outcome = Outcome };
        copy._spans.AddRange(_spans);
        return copy;
    }

    /// <summary>A client may make several requests in one trace: the first one is what it began with.</summary>
    private bool IsAbove(StoredSpan span) =>
        _root is null || (span.Source == TraceCollector.Requests && (_root.Source != TraceCollector.Requests || span.Began < _root.Began));

    private TraceOutcome Worst(StoredSpan span, bool isCall) =>
        span.IsFault || Outcome == TraceOutcome.Failed ? TraceOutcome.Failed
        : (isCall && span[StatusCode] is not "OK") || Outcome == TraceOutcome.Refused ? TraceOutcome.Refused
        : TraceOutcome.Ok;
}
