using Aggregation.ServiceDefaults.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aggregation.Operations.Live;

/// <summary>Reads the instruments every two seconds: those of <c>/metrics</c>, so that measuring costs nothing more.</summary>
internal sealed partial class InstrumentSampler(
    PullExporter exporter, RecentReadings history, TimeProvider time, ILogger<InstrumentSampler> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RecentReadings.Step, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await exporter.ReadAsync(
                    (in metrics, _) =>
                    {
                        var reading = new Reading(time.GetUtcNow(), time.GetTimestamp());
                        reading.Add(metrics);
                        history.Add(reading);
                    },
                    stoppingToken);
            }
            catch (InvalidOperationException unread)
            {
                // The page then shows an older moment, and says which.
                NotRead(logger, unread);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The instruments could not be read for /ops.")]
    private static partial void NotRead(ILogger logger, Exception exception);
}
