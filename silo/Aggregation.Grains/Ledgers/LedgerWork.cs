using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Ledgers;

/// <summary>What the work of ledgers needs that goes on behind their callers: pushing, following a structure, telling observers.</summary>
internal sealed class LedgerWork(
    TimeProvider clock, IOptions<LedgerOptions> options, LedgerTelemetry telemetry, LedgerDrain drain, ILogger<LedgerGrain> logger)
{
    public TimeProvider Clock => clock;

    public LedgerOptions Options => options.Value;

    public LedgerTelemetry Telemetry => telemetry;

    public ILogger Logger => logger;

    /// <summary>Cancelled when the silo is about to end its activations.</summary>
    public CancellationToken Ending { get; } = drain.Over;
}
