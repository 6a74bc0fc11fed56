using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Ledgers;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Audit;

/// <summary>What this silo audits: what it wrote to, what it opened, and what was open when it started.</summary>
internal sealed class AuditScope(TimeProvider clock, IOptions<LedgerOptions> options)
{
    /// <summary>While ledgers keep coming into memory, the look after their opening is put off so many times at most.</summary>
    private const int MostDelays = 4;

    private readonly ConcurrentDictionary<AuditKey, bool> _open = new();
    private readonly ConcurrentDictionary<AuditKey, Opening> _opened = new();

    public ICollection<AuditKey> Open => _open.Keys;

    public void Wrote(LedgerKey ledger) => Add(ToKey(ledger));

    public void Add(AuditKey key) => _open.TryAdd(key, true);

    /// <summary>A ledger with children came into memory.</summary>
    public void Opened(LedgerKey ledger)
    {
        if (options.Value.AuditAfterOpening > TimeSpan.Zero)
        {
            var now = clock.GetTimestamp();
            _opened.AddOrUpdate(
                ToKey(ledger), static (_, now) => new Opening(now, now), static (_, opening, now) => opening with { Last = now }, now);
        }
    }

    /// <summary>Takes what was opened long enough ago.</summary>
    public List<AuditKey> TakeOpened()
    {
        var delay = options.Value.AuditAfterOpening;
        var due = new List<AuditKey>();
        foreach (var opened in _opened)
        {
            if (clock.GetElapsedTime(opened.Value.Last) >= delay)
            {
                // Not if another one was opened meanwhile.
                if (_opened.TryRemove(opened))
                {
                    due.Add(opened.Key);
                }
            }
            else if (clock.GetElapsedTime(opened.Value.First) >= MostDelays * delay)
            {
                // Those opened last are looked at again in their time.
                _opened.TryUpdate(opened.Key, new Opening(clock.GetTimestamp(), opened.Value.Last), opened.Value);
                due.Add(opened.Key);
            }
        }

        return due;
    }

    private static AuditKey ToKey(LedgerKey ledger) => new(ledger.Tenant, ledger.Form, ledger.Period);

    /// <summary>Timestamps of the first and the last opening since the last look.</summary>
    private readonly record struct Opening(long First, long Last);
}
