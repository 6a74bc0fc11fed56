using System.Collections.Concurrent;

namespace Aggregation.Grains.Epochs;

/// <summary>The activations of ledgers in this silo.</summary>
internal sealed class HeldLedgers
{
    private readonly ConcurrentDictionary<HeldLedger, bool> _held = new();

    public ICollection<HeldLedger> All => _held.Keys;

    public void Add(HeldLedger ledger) => _held.TryAdd(ledger, true);

    public void Remove(HeldLedger ledger) => _held.TryRemove(ledger, out _);
}
