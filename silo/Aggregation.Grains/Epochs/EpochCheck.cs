using Aggregation.Storage.Journal;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Epochs;

/// <summary>
/// Asks the journal once per interval, in one query, whether another activation has taken over any ledger of this silo.
/// Two activations of one ledger are possible whenever a silo is taken for dead and is not; both answer until one is told.
/// </summary>
internal sealed partial class EpochCheck(
    HeldLedgers held, IJournal journal, TimeProvider clock, IOptions<LedgerOptions> options, ILogger<EpochCheck> logger)
    : BackgroundService
{
    /// <summary>Looks once; superseded activations have been told when it completes.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task LookAsync(CancellationToken cancellation)
    {
        // What is read here comes before the query: a change in between counts as news until the next look.
        var looked = held.All.Select(ledger => (Ledger: ledger, ledger.Changes, ledger.Head)).ToList();
        if (looked.Count == 0)
        {
            return;
        }

        var later = (await journal.FindSupersededAsync([.. looked.Select(look => look.Head)], cancellation))
            .ToDictionary(head => head.Ledger);
        var told = new List<Task>();
        foreach (var (ledger, changes, head) in looked)
        {
            if (later.TryGetValue(head.Ledger, out var found) && (HeldLedger.HasLaterEpoch(found, head) || found.Version > head.Version))
            {
                told.Add(ledger.SupersedeAsync(found));
            }
            else
            {
                ledger.KnownAlone(changes);
            }
        }

        await Task.WhenAll(told);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            using var timer = new PeriodicTimer(options.Value.EpochCheckInterval, clock);
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (JournalUnavailableException exception)
                {
                    LogUnavailable(exception);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The epochs held here could not be checked; the next check comes at its time")]
    private partial void LogUnavailable(Exception exception);
}
