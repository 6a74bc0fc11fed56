using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Ledgers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Audit;

/// <summary>Has everything that this silo wrote to audited, one after the other, once per interval.</summary>
internal sealed partial class AuditTimer(
    AuditScope scope, IGrainFactory grains, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<AuditTimer> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.AuditInterval <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(options.Value.AuditInterval, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var key in scope.Written)
                {
                    await AuditAsync(key, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task AuditAsync(AuditKey key, CancellationToken stoppingToken)
    {
        try
        {
            await grains.GetGrain<IAuditGrain>(key.ToString()).Audit(stoppingToken);
        }
        // Whatever a ledger or the journal suffers, the next audit comes.
        catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception, key.ToString());
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Audit} could not be finished; the next one looks again")]
    private partial void LogFailed(Exception exception, string audit);
}
