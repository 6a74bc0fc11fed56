using Aggregation.Grains.Ledgers;

namespace Aggregation.Silo;

/// <summary>Drains the ledgers when the silo stops, while grains can still call each other. Where the gateway is in the same process it has stopped by then.</summary>
internal sealed class DrainOnStop(LedgerDrain drain) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(DrainOnStop), ServiceLifecycleStage.Active, static _ => Task.CompletedTask, drain.DrainAsync);
}
