using System.Collections.Concurrent;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Microsoft.Extensions.Options;

namespace Aggregation.Grains.Ledgers;

/// <summary>What this silo audits: what it wrote to, what it opened, and what was open when it started.</summary>
internal sealed class AuditScope(TimeProvider clock, IOptions<LedgerOptions> options)
{
    /// <summary>
    /// While ledgers keep coming into memory, or are written to, the look after their opening is put off so many times at most: figures on
    /// their way look like a loss, and whoever looks closer wakes the ledgers that they come from.
    /// </summary>
    private const int MostDelays = 12;

    private readonly ConcurrentDictionary<AuditKey, LastWrite> _open = new();
    private readonly ConcurrentDictionary<AuditKey, Opening> _opened = new();

    public ICollection<AuditKey> Open => _open.Keys;

    public void Wrote(LedgerKey ledger) => Entry(ToKey(ledger)).At = clock.GetTimestamp();

    public void Add(LedgerKey ledger) => Entry(ToKey(ledger));

    public void Add(AuditKey key) => Entry(key);

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

    /// <summary>Takes what was opened, and written to, long enough ago.</summary>
    public List<AuditKey> TakeOpened()
    {
        var delay = options.Value.AuditAfterOpening;
        var due = new List<AuditKey>();
        foreach (var opened in _opened)
        {
            if (clock.GetElapsedTime(opened.Value.Last) >= delay && IsStill(opened.Key, delay))
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

    private bool IsStill(AuditKey key, TimeSpan delay) =>
        !_open.TryGetValue(key, out var written) || written.At == 0 || clock.GetElapsedTime(written.At) >= delay;

    private LastWrite Entry(AuditKey key) => _open.GetOrAdd(key, static _ => new LastWrite());

    private static AuditKey ToKey(LedgerKey ledger) => new(ledger.Tenant, ledger.Form, ledger.Period);

    /// <summary>Timestamps of the first and the last opening since the last look.</summary>
    private readonly record struct Opening(long First, long Last);

    private sealed class LastWrite
    {
        /// <summary>A timestamp; 0: not written to by this silo.</summary>
        public long At { get; set; }
    }
}
