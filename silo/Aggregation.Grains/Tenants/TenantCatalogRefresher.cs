using Aggregation.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aggregation.Grains.Tenants;

/// <summary>Looks once a second whether another silo has written to a tenant that this one knows.</summary>
internal sealed partial class TenantCatalogRefresher(
    TenantCatalog catalog, TimeProvider clock, ILogger<TenantCatalogRefresher> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await WaitAsync(timer, stoppingToken))
        {
            foreach (var tenant in catalog.Known)
            {
                try
                {
                    await catalog.RefreshAsync(tenant);
                }
                catch (JournalUnavailableException exception)
                {
                    LogUnavailable(exception, tenant);
                }
            }
        }
    }

    private static async Task<bool> WaitAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "Tenant {Tenant} could not be refreshed; ledgers go on with what was seen last")]
    private partial void LogUnavailable(Exception exception, string tenant);
}
