using Aggregation.Contracts;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Audit;

/// <summary>Writes a checkpoint of every tenant that this silo has seen, once per interval.</summary>
internal sealed partial class CheckpointTimer(
    Checkpoints checkpoints, TenantCatalog tenants, TimeProvider clock, IOptions<LedgerOptions> options,
    ILogger<CheckpointTimer> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.CheckpointInterval <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(options.Value.CheckpointInterval, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var tenant in tenants.Known)
                {
                    await WriteAsync(tenant, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task WriteAsync(string tenant, CancellationToken stoppingToken)
    {
        try
        {
            await checkpoints.WriteAsync(tenant, stoppingToken);
        }
        catch (Exception exception) when (exception is JournalUnavailableException or RefusedException)
        {
            LogFailed(exception, tenant);
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "No checkpoint of {Tenant} could be written; the next one records what this one would have")]
    private partial void LogFailed(Exception exception, string tenant);
}
