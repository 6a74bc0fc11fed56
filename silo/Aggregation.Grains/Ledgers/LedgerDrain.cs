using Aggregation.Contracts;
using Aggregation.Grains.Epochs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Waits until what was acknowledged here has gone up: for a silo that stops, once nothing new comes and before any ledger leaves
/// memory.
/// </summary>
public sealed partial class LedgerDrain : IDisposable
{
    /// <summary>For ledgers that are leaving memory to have left.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly HeldLedgers held;
    private readonly IOptions<LedgerOptions> options;
    private readonly TimeProvider clock;
    private readonly ILogger<LedgerDrain> logger;
    private readonly CancellationTokenSource over = new();

    internal LedgerDrain(HeldLedgers held, IOptions<LedgerOptions> options, TimeProvider clock, ILogger<LedgerDrain> logger)
    {
        this.held = held;
        this.options = options;
        this.clock = clock;
        this.logger = logger;
    }

    /// <summary>
    /// Cancelled when the wait is over, however it went. What fails from then on is not tried again and whoever waits for it is told: Orleans
    /// ends no activation while a call is in progress in it.
    /// </summary>
    public CancellationToken Over => over.Token;

    /// <summary>Waits no longer than <see cref="LedgerOptions.DrainTimeout"/>; tells the log how it went.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        if (options.Value.DrainTimeout > TimeSpan.Zero)
        {
            await WaitAsync(cancellation);
        }

        await over.CancelAsync();
    }

    public void Dispose() => over.Dispose();

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(options.Value.DrainTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            // A parent that takes something in owes it to its own: once around for each level.
            while ((await Task.WhenAll(held.All.Select(ledger => PushedAsync(ledger, either.Token)))).Contains(true))
            {
                await Task.Delay(Pause, clock, either.Token);
            }

            LogDrained();
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            LogGivenUp(options.Value.DrainTimeout);
        }
    }

    private static async Task<bool> PushedAsync(HeldLedger ledger, CancellationToken cancellation)
    {
        try
        {
            return await ledger.PushedAsync(cancellation);
        }
        catch (RefusedException)
        {
            // It left memory meanwhile; if it owed anything then, its next activation is in the list.
            return true;
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Drained: every parent holds what was acknowledged here")]
    private partial void LogDrained();

    [LoggerMessage(2, LogLevel.Warning, "Stopped before everything had gone up, after {Timeout} or by the host's own limit; the next activations and audits bring it up")]
    private partial void LogGivenUp(TimeSpan timeout);
}
