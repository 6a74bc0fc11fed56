using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Aggregation.Grains.Ledgers;

/// <summary>Spans and instruments of ledgers. No unit or tenant becomes a tag of a metric: there are too many.</summary>
internal sealed class LedgerTelemetry : IDisposable
{
    public const string Name = "Aggregation.Ledger";

    private static readonly KeyValuePair<string, object?> Accepted = new("outcome", "accepted");

    private readonly Meter _meter;
    private readonly Histogram<double> _submitDuration;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _pushes;
    private readonly Histogram<int> _conflated;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _superseded;
    private readonly Counter<long> _stuck;
    private readonly UpDownCounter<int> _open;
    private readonly UpDownCounter<int> _watches;

    public LedgerTelemetry(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _submitDuration = _meter.CreateHistogram<double>(
            "aggregation.ledger.submit.duration", "s", "From a submission's arrival at its ledger to its receipt");
        _refused = _meter.CreateCounter<long>(
            "aggregation.ledger.submit.refused", "{submission}", "Submissions refused, by kind of refusal");
        _pushes = _meter.CreateCounter<long>(
            "aggregation.ledger.push", "{push}", "Contributions pushed to a parent, by outcome");
        _conflated = _meter.CreateHistogram<int>(
            "aggregation.ledger.push.changes", "{change}", "Changes that one push carries");
        _drift = _meter.CreateCounter<long>(
            "aggregation.ledger.drift", "{ledger}", "Ledgers whose set digest differed from the journal's");
        _superseded = _meter.CreateCounter<long>(
            "aggregation.ledger.superseded", "{ledger}", "Activations that discarded themselves because another took over");
        _stuck = _meter.CreateCounter<long>(
            "aggregation.ledger.swap.stuck", "{alarm}", "Alarms of ledgers that wait too long for a branch on a new structure");
        _open = _meter.CreateUpDownCounter<int>("aggregation.ledger.open", "{ledger}", "Ledgers in memory");
        _watches = _meter.CreateUpDownCounter<int>(
            "aggregation.ledger.observers", "{observer}", "Observers of ledgers on this silo");

        // An instrument that never measured is not exported, and an alarm on it could not tell "none" from "not there".
        _drift.Add(0);
        _stuck.Add(0);
    }

    public ActivitySource Source { get; } = new(Name);

    public void Submitted(TimeSpan duration) => _submitDuration.Record(duration.TotalSeconds, Accepted);

    public void Refused(string kind) => _refused.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Pushed(string outcome, int changes)
    {
        _pushes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        _conflated.Record(changes);
    }

    public void Drifted(int ledgers) => _drift.Add(ledgers);

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
}
