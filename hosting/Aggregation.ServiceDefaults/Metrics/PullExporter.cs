using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>Hands out the state of all instruments when it is asked.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PullExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly SemaphoreSlim _turn = new(1);
    private InstrumentReader? _reader;

    /// <summary>Reads points, which are valid only until it returns.</summary>
    public delegate void InstrumentReader(in Batch<Metric> metrics, Resource resource);

    /// <summary>Set by the reader that this exporter belongs to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <exception cref="InvalidOperationException">Instruments could not be read.</exception>
    public async Task ReadAsync(InstrumentReader reader, CancellationToken cancellation)
    {
        // Two who ask at once would be collected for together, and one of them get nothing.
        await _turn.WaitAsync(cancellation);
        try
        {
            _reader = reader;
            if (Collect?.Invoke(Timeout.Infinite) != true)
            {
                throw new InvalidOperationException("The instruments could not be read.");
            }
        }
        finally
        {
            _reader = null;
            _turn.Release();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        // Collected for nobody at shutdown.
        _reader?.Invoke(batch, ParentProvider.GetResource());
        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _turn.Dispose();
        }

        base.Dispose(disposing);
    }
}
