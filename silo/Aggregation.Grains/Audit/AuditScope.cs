using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Audit;

/// <summary>What this silo has written to since it started, and therefore audits.</summary>
internal sealed class AuditScope
{
    private readonly ConcurrentDictionary<AuditKey, bool> _written = new();

    public ICollection<AuditKey> Written => _written.Keys;

    public void Wrote(LedgerKey ledger) => _written.TryAdd(new AuditKey(ledger.Tenant, ledger.Form, ledger.Period), true);
}
