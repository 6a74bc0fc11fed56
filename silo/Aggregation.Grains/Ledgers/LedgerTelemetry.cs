using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Ledgers;

/// <summary>Spans and instruments of ledgers. No unit or tenant becomes a tag of a metric: there are too many.</summary>
internal sealed class LedgerTelemetry : IDisposable
{
    public const string Name = "Aggregation.Ledger";

    public static readonly KeyValuePair<string, object?> Submit = new("act", "submit");
    public static readonly KeyValuePair<string, object?> Withdraw = new("act", "withdraw");
    public static readonly KeyValuePair<string, object?> Review = new("act", "review");

    private static readonly KeyValuePair<string, object?> Accepted = new("outcome", "accepted");
    private static readonly KeyValuePair<string, object?> Repeated = new("outcome", "repeated");
    private static readonly KeyValuePair<string, object?> RefusedByRule = new("outcome", "refused");
    private static readonly KeyValuePair<string, object?> FailedToWrite = new("outcome", "failed");
    private static readonly KeyValuePair<string, object?> Root = new("root", "true");
    private static readonly KeyValuePair<string, object?> Below = new("root", "false");

    /// <summary>By <see cref="UnitLevel"/>.</summary>
    private static readonly KeyValuePair<string, object?>[] Levels =
        [.. Enum.GetValues<UnitLevel>().Select(static level => new KeyValuePair<string, object?>("level", Word(level.ToString())))];

    /// <summary>By <see cref="RefusalKind"/>.</summary>
    private static readonly KeyValuePair<string, object?>[] Reasons =
        [.. Enum.GetValues<RefusalKind>().Select(static kind => new KeyValuePair<string, object?>("reason", Word(kind.ToString())))];

    private static readonly InstrumentAdvice<double> Seconds = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    };

    private readonly TimeProvider _clock;
    private readonly Meter _meter;
    private readonly Histogram<double> _submitDuration;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _pushes;
    private readonly Histogram<double> _pushDuration;
    private readonly Histogram<int> _conflated;
    private readonly Histogram<double> _freshness;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _repaired;
    private readonly Histogram<double> _auditDuration;
    private readonly Counter<long> _superseded;
    private readonly Counter<long> _stuck;
    private readonly UpDownCounter<int> _open;
    private readonly UpDownCounter<int> _watches;

    /// <summary>When what failed to be pushed was acknowledged, by who is to push it again.</summary>
    private readonly ConcurrentDictionary<object, DateTimeOffset> _overdue = [];
    private int _pending;

    public LedgerTelemetry(IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _meter = meters.Create(Name);
        _submitDuration = _meter.CreateHistogram(
            "aggregation.ledger.submit.duration", "s", "From arrival at the ledger to the receipt or refusal", advice: Seconds);
        _refused = _meter.CreateCounter<long>("aggregation.ledger.submit.refused", "{submission}", "Refused by the ledger's rules");
        _pushes = _meter.CreateCounter<long>("aggregation.ledger.push", "{push}", "Contributions pushed to a parent, by outcome");
        _pushDuration = _meter.CreateHistogram(
            "aggregation.ledger.push.duration", "s", "One push, from its begin until the parent holds it", advice: Seconds);
        _conflated = _meter.CreateHistogram(
            "aggregation.ledger.push.changes", "{change}", "Changes that one push carries",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] });
        _freshness = _meter.CreateHistogram(
            "aggregation.ledger.freshness", "s", "From the acknowledgement of a submission until a ledger above holds it", advice: Seconds);
        _drift = _meter.CreateCounter<long>("aggregation.ledger.drift", "{ledger}", "Ledgers whose set digest differed from the journal's");
        _repaired = _meter.CreateCounter<long>("aggregation.ledger.drift.repaired", "{ledger}", "Ledgers that differed and were repaired");
        _auditDuration = _meter.CreateHistogram(
            "aggregation.ledger.audit.duration", "s", "Audits of one form and period, by outcome", advice: Seconds);
        _superseded = _meter.CreateCounter<long>(
            "aggregation.ledger.superseded", "{ledger}", "Activations that discarded themselves because another took over");
        _stuck = _meter.CreateCounter<long>(
            "aggregation.ledger.swap.stuck", "{alarm}", "Alarms of ledgers that wait too long for a branch on a new structure");
        _open = _meter.CreateUpDownCounter<int>("aggregation.ledger.open", "{ledger}", "Ledgers in memory");
        _watches = _meter.CreateUpDownCounter<int>("aggregation.ledger.observers", "{observer}", "Observers of ledgers on this silo");
        _meter.CreateObservableUpDownCounter(
            "aggregation.ledger.push.pending", () => Volatile.Read(ref _pending), "{ledger}",
            "Backlog: ledgers that hold what their parent does not hold yet");
        _meter.CreateObservableGauge(
            "aggregation.ledger.push.overdue", Overdue, "s", "Age of the oldest change whose push has failed and is tried again; 0: none");
    }

    public ActivitySource Source { get; } = new(Name);

    /// <summary>An instrument that never measured is not exported, and an alarm on it could not tell "none" from "not there".</summary>
    public void Begin()
    {
        _drift.Add(0);
        _repaired.Add(0);
        _superseded.Add(0);
        _stuck.Add(0);
        _open.Add(0);
        _watches.Add(0);
    }

    public static KeyValuePair<string, object?> Level(UnitLevel level) => Levels[(int)level];

    public void Submitted(in KeyValuePair<string, object?> act, TimeSpan duration, bool isRepeated) =>
        _submitDuration.Record(duration.TotalSeconds, act, isRepeated ? Repeated : Accepted);

    public void Refused(in KeyValuePair<string, object?> act, TimeSpan duration, RefusalKind kind)
    {
        _submitDuration.Record(duration.TotalSeconds, act, kind == RefusalKind.Unavailable ? FailedToWrite : RefusedByRule);
        _refused.Add(1, Reasons[(int)kind]);
    }

    /// <summary>The journal, or another activation, kept it from being written.</summary>
    public void Failed(in KeyValuePair<string, object?> act, TimeSpan duration) =>
        _submitDuration.Record(duration.TotalSeconds, act, FailedToWrite);

    public void Pushed(string outcome, int changes)
    {
        _pushes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _conflated.Record(changes);
    }

    /// <param name="level">Of the parent: <see cref="Level"/>.</param>
    /// <param name="duration">Until the parent answered that it holds it.</param>
    public void Included(in KeyValuePair<string, object?> level, TimeSpan duration) => _pushDuration.Record(duration.TotalSeconds, level);

    /// <summary>A ledger holds what was acknowledged at a time below it.</summary>
    /// <param name="level">Of the ledger.</param>
    /// <param name="isRoot">Whether it pushes to nobody.</param>
    /// <param name="acknowledgedAt">UTC ticks; 0 where it is not known.</param>
    public void Merged(UnitLevel level, bool isRoot, long acknowledgedAt)
    {
        if (acknowledgedAt > 0 && _freshness.Enabled)
        {
            var age = TimeSpan.FromTicks(_clock.GetUtcNow().UtcTicks - acknowledgedAt).TotalSeconds;
            _freshness.Record(Math.Max(0, age), Levels[(int)level], isRoot ? Root : Below);
        }
    }

    /// <summary>Something is to be pushed, or, with -1, has arrived.</summary>
    public void Pending(int change) => Interlocked.Add(ref _pending, change);

    /// <summary>A push failed.</summary>
    /// <param name="pusher">Who tries again.</param>
    /// <param name="acknowledgedAt">UTC ticks of the oldest change that it carries; 0 where that is not known.</param>
    public void Late(object pusher, long acknowledgedAt) => _overdue.TryAdd(
        pusher, acknowledgedAt > 0 ? new DateTimeOffset(acknowledgedAt, TimeSpan.Zero) : _clock.GetUtcNow());

    /// <summary>It arrived after all, or is no longer tried here.</summary>
    public void NoLongerLate(object pusher) => _overdue.TryRemove(pusher, out _);

    public void Audited(TimeSpan duration, int drifts, int repaired)
    {
        _drift.Add(drifts);
        _repaired.Add(repaired);
        _auditDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", drifts == 0 ? "clean" : "drift"));
    }

    public void AuditFailed(TimeSpan duration) =>
        _auditDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", "failed"));

    public void Superseded() => _superseded.Add(1);

    public void SwapStuck() => _stuck.Add(1);

    public void Opened() => _open.Add(1);

    public void Closed() => _open.Add(-1);

    public void Observers(int change) => _watches.Add(change);

    public void Dispose()
    {
        _meter.Dispose();
        Source.Dispose();
    }

    private static string Word(string name) => string.Concat(
        name.Select(static (letter, i) => char.IsAsciiLetterUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private double Overdue()
    {
        var now = _clock.GetUtcNow();
        return _overdue.Values.Select(since => Math.Max(0, (now - since).TotalSeconds)).DefaultIfEmpty().Max();
    }
}
