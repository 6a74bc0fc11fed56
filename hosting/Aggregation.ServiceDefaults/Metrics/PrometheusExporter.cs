using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Aggregation.ServiceDefaults.Metrics;

/// <summary>Hands out the state of all instruments, as one page, when it is asked.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly SemaphoreSlim _turn = new(1);
    private ExpositionFormat _format = ExpositionFormat.Text;
    private byte[] _page = [];

    /// <summary>Set by the reader that this exporter belongs to.</summary>
    public Func<int, bool>? Collect { get; set; }

    /// <exception cref="InvalidOperationException">Instruments could not be read.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(ExpositionFormat format, CancellationToken cancellation)
    {
        // Points are valid while they are exported, and the reader's answer to two at once would be one format for both.
        await _turn.WaitAsync(cancellation);
        try
        {
            _format = format;
            return Collect?.Invoke(Timeout.Infinite) == true
                ? _page
                : throw new InvalidOperationException("The instruments could not be read.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var page = new Exposition(_format.IsOpenMetrics);
        page.AddTarget(ParentProvider.GetResource());
        foreach (var metric in batch)
        {
            page.Add(metric);
        }

        _page = Encoding.UTF8.GetBytes(page.ToString());
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
