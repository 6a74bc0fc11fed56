using Aggregation.Grains.Ledgers;
using Aggregation.Grains.Tenants;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Grains;

/// <summary>Brings the silo's instruments to life with the host, after whoever listens to them: not only when the first ledger is asked for.</summary>
internal sealed class InstrumentStart(LedgerTelemetry ledgers, TenantTelemetry tenants) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        ledgers.Begin();
        tenants.Begin();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
