using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Ledgers;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Audit;

/// <summary>
/// Has audited, one after the other: at start, what is taken to be open; what was opened, some seconds later; and
/// everything open, once per interval.
/// </summary>
internal sealed partial class AuditTimer(
    AuditScope scope, OpeningAudit opening, IJournal journal, IGrainFactory grains, TimeProvider clock, IOptions<LedgerOptions> options,
    ILogger<AuditTimer> logger)
    : BackgroundService
{
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.AuditInterval;
        if (interval <= TimeSpan.Zero)
        {
            opening.Report(left: 0);
            return;
        }

        try
        {
            using var timer = new PeriodicTimer(interval < LongestTick ? interval : LongestTick, clock);
            long? lookedAt = null;
            var unproven = new HashSet<AuditKey>();
            do
            {
                if (lookedAt is null && !await ReadRecentAsync(stoppingToken))
                {
                    continue;
                }

                if (lookedAt is null)
                {
                    unproven.UnionWith(scope.Open);
                    opening.Report(unproven.Count);
                }

                var isDue = lookedAt is not { } last || clock.GetElapsedTime(last) >= interval;
                lookedAt = isDue ? clock.GetTimestamp() : lookedAt;
                var opened = scope.TakeOpened();
                foreach (var key in (isDue ? scope.Open : unproven).Union(opened).ToList())
                {
                    if (await AuditAsync(key, stoppingToken) && unproven.Remove(key))
                    {
                        opening.Report(unproven.Count);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task<bool> ReadRecentAsync(CancellationToken stoppingToken)
    {
        try
        {
            var most = options.Value.AuditRecentEntries;
            foreach (var (tenant, stream) in most == 0 ? [] : await journal.ReadRecentStreamsAsync(most, stoppingToken))
            {
                if (LedgerKey.TryParseStream(tenant, stream, out var ledger))
                {
                    scope.Add(ledger);
                }
            }

            return true;
        }
        catch (JournalUnavailableException exception)
        {
            LogUnread(exception);
            return false;
        }
    }

    /// <returns>Whether its totals are known to be right, or to be refused; false when that is still to be found out.</returns>
    private async Task<bool> AuditAsync(AuditKey key, CancellationToken stoppingToken)
    {
        try
        {
            var drifts = await grains.GetGrain<IAuditGrain>(key.ToString()).Audit(stoppingToken);
            return drifts.All(static drift => drift.IsRepaired);
        }
        catch (RefusedException damaged) when (damaged.Kind == RefusalKind.FailedPrecondition)
        {
            // Damaged entries stay damaged: what rests on them answers nobody, rather than wrongly.
            LogFailed(damaged, key.ToString());
            return true;
        }
        // Whatever a ledger or the journal suffers, the next audit comes.
        catch (Exception exception) when (exception is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            LogFailed(exception, key.ToString());
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "{Audit} could not be finished; the next one looks again")]
    private partial void LogFailed(Exception exception, string audit);

    [LoggerMessage(2, LogLevel.Warning, "What was written last could not be read, so that it is not audited yet; it is tried again")]
    private partial void LogUnread(Exception exception);
}
