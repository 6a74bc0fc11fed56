using System.Threading.Channels;
using Aggregation.Grains.Epochs;
using Microsoft.Extensions.Hosting;

namespace Aggregation.Grains.Tenants;

/// <summary>
/// Tells the ledgers in memory that their tenant has another structure. Each follows by itself, from below upwards; a
/// ledger that is not told looks when it is next called or pushes.
/// </summary>
internal sealed class StructureFollower(TenantCatalog catalog, HeldLedgers held) : BackgroundService
{
    private readonly Channel<string> _changed = Channel.CreateUnbounded<string>();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        catalog.StructureChanged = tenant => _changed.Writer.TryWrite(tenant);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _changed.Reader.WaitToReadAsync(stoppingToken))
            {
                // Changes that come in a row are followed as one.
                var tenants = new HashSet<string>(StringComparer.Ordinal);
                while (_changed.Reader.TryRead(out var tenant))
                {
                    tenants.Add(tenant);
                }

                foreach (var ledger in held.All.Where(ledger => tenants.Contains(ledger.Head.Ledger.Tenant)))
                {
                    ledger.Follow();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
