using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Orleans.Runtime.Telemetry;

/// <summary>The metrics of one silo, under the names that Orleans gives them.</summary>
internal sealed class Instruments : IDisposable
{
    private readonly Meter _meter = new("Microsoft.Orleans");
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _created;
    private readonly Counter<long> _destroyed;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _rejected;

    public Instruments(Func<int> activations)
    {
        _meter.CreateObservableGauge("orleans-catalog-activations", activations);
        _created = _meter.CreateCounter<long>("orleans-catalog-activation-created");
        _destroyed = _meter.CreateCounter<long>("orleans-catalog-activation-destroyed");
        _failed = _meter.CreateCounter<long>("orleans-catalog-activation-failed-to-activate");
        _rejected = _meter.CreateCounter<long>("orleans-messaging-rejected");
        _latency = _meter.CreateHistogram<double>("orleans-app-requests-latency", "ms");
        _timedOut = _meter.CreateCounter<long>("orleans-app-requests-timedout");
    }

    /// <summary>Whether latencies are wanted.</summary>
    public bool MeasuresLatency => _latency.Enabled;

    public void Created() => _created.Add(1);

    public void Destroyed() => _destroyed.Add(1);

    public void FailedToActivate() => _failed.Add(1);

    public void Rejected() => _rejected.Add(1);

    public void TimedOut() => _timedOut.Add(1);

    public void Answered(long startTimestamp) => _latency.Record(Stopwatch.GetElapsedTime(startTimestamp).TotalMilliseconds);

    public void Dispose() => _meter.Dispose();
}
