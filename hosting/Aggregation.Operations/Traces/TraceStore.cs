using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace Aggregation.Operations.Traces;

/// <summary>
/// The last traces, and of the older ones of the last hour the slowest, failed and refused ones. Bounded in traces, in spans of each, and in bytes
/// of all.
/// </summary>
internal sealed class TraceStore(IOptions<OpsOptions> options, TimeProvider time)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly OpsOptions _options = options.Value;
    private readonly Dictionary<ActivityTraceId, StoredTrace> _traces = [];
    private readonly Queue<StoredTrace> _recent = [];
    private readonly Queue<StoredTrace> _failed = [];
    private readonly Queue<StoredTrace> _refused = [];
    private readonly PriorityQueue<StoredTrace, TimeSpan> _slowest = new();

    /// <summary>Ticks of the fastest of the slowest; written under the lock, read without.</summary>
    private long _slow = long.MaxValue;

    /// <summary>About how much memory they take.</summary>
    public long Bytes { get; private set; }

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _traces.Count;
            }
        }
    }

    /// <summary>A trace is to be kept from its begin.</summary>
    public void Begin(ActivityTraceId id, DateTimeOffset at)
    {
        lock (_gate)
        {
            if (!_traces.ContainsKey(id))
            {
                Take(new StoredTrace(id, at, isPartial: false));
                Trim();
            }
        }
    }

    public bool Takes(ActivityTraceId id)
    {
        lock (_gate)
        {
            return _traces.ContainsKey(id);
        }
    }

    /// <summary>Whether a request is slower than one of the slowest.</summary>
    public bool IsSlow(TimeSpan duration) => duration.Ticks > Volatile.Read(ref _slow);

    /// <summary>A span ended. One of a trace that was not taken makes it a partial one.</summary>
    public void Add(StoredSpan span)
    {
        lock (_gate)
        {
            if (!_traces.TryGetValue(span.TraceId, out var trace))
            {
                Take(trace = new StoredTrace(span.TraceId, span.Began, isPartial: true));
            }

            Bytes += trace.Add(span, _options.SpansPerTrace);
            Trim();
        }
    }

    /// <returns>Null where it is not kept, or no longer.</returns>
    public StoredTrace? Find(ActivityTraceId id)
    {
        lock (_gate)
        {
            return _traces.GetValueOrDefault(id)?.Copy();
        }
    }

    /// <summary>Those of the ids that are kept.</summary>
    public HashSet<ActivityTraceId> Known(IEnumerable<ActivityTraceId> ids)
    {
        lock (_gate)
        {
            return [.. ids.Where(_traces.ContainsKey)];
        }
    }

    /// <summary>Copies of those that are asked for, in the order that is asked for.</summary>
    public IReadOnlyList<StoredTrace> Search(TraceQuery query)
    {
        lock (_gate)
        {
            return [.. query.Of(_traces.Values.Where(static trace => trace.Spans.Count > 0)).Select(static trace => trace.Copy())];
        }
    }

    /// <summary>What the kept traces have for values of an attribute, in order.</summary>
    public IReadOnlyList<string> Values(Func<StoredTrace, string?> value, int most)
    {
        lock (_gate)
        {
            return [.. _traces.Values.Where(static trace => trace.Spans.Count > 0).Select(value).OfType<string>().Distinct()
                .Order(StringComparer.Ordinal).Take(most)];
        }
    }

    private void Take(StoredTrace trace)
    {
        _traces.Add(trace.Id, trace);
        _recent.Enqueue(trace);
        Bytes += trace.Bytes;
    }

    private void Trim()
    {
        while (_recent.Count > _options.RecentTraces)
        {
            Keep(_recent.Dequeue());
        }

        // What tells least goes first; the one that is being written stays.
        while (Bytes > _options.TraceBytes && _traces.Count > 1)
        {
            Drop(_refused.TryDequeue(out var refused) ? refused
                : TakeFastest() ?? (_recent.Count > 1 || _failed.Count == 0 ? _recent.Dequeue() : _failed.Dequeue()));
        }

        Volatile.Write(ref _slow, _slowest.Count >= _options.KeptTraces && _slowest.TryPeek(out _, out var least) ? least.Ticks : long.MaxValue);
    }

    /// <summary>One that is no longer recent is kept where it belongs, or dropped.</summary>
    private void Keep(StoredTrace trace)
    {
        switch (trace.Outcome)
        {
            case TraceOutcome.Failed:
                Keep(_failed, trace);
                break;
            case TraceOutcome.Refused:
                Keep(_refused, trace);
                break;
            default:
                KeepSlow(trace);
                break;
        }
    }

    private void Keep(Queue<StoredTrace> queue, StoredTrace trace)
    {
        queue.Enqueue(trace);
        while (queue.Count > _options.KeptTraces || (queue.TryPeek(out var oldest) && IsOld(oldest)))
        {
            Drop(queue.Dequeue());
        }
    }

    private void KeepSlow(StoredTrace trace)
    {
        if (trace.Duration is not { } duration || trace.IsStream)
        {
            Drop(trace);
            return;
        }

        _slowest.Enqueue(trace, duration);
        if (_slowest.Count > _options.KeptTraces)
        {
            // Old ones would else stand for ever: of those that are few and slow, nobody is faster.
            foreach (var (old, _) in _slowest.UnorderedItems.Where(item => IsOld(item.Element)).ToList())
            {
                _slowest.Remove(old, out _, out _);
                Drop(old);
            }

            while (_slowest.Count > _options.KeptTraces)
            {
                Drop(_slowest.Dequeue());
            }
        }
    }

    private StoredTrace? TakeFastest() => _slowest.TryDequeue(out var fastest, out _) ? fastest : null;

    private bool IsOld(StoredTrace trace) => time.GetUtcNow() - trace.Began > KeptFor;

    private void Drop(StoredTrace trace)
    {
        _traces.Remove(trace.Id);
        Bytes -= trace.Bytes;
    }
}
