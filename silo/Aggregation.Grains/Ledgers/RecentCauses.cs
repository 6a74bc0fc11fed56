using System.Collections.Immutable;
using System.Diagnostics;
using Aggregation.Contracts.Ledgers;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// The traced changes that came last, so that who shows a total can say what brought it about: an observer is told that something
/// changed, and by then the trace of who did is over.
/// </summary>
internal sealed class RecentCauses
{
    private const int Most = 16;

    private ImmutableArray<ChangeCause> _causes = [];

    /// <summary>What goes on now, if it is traced, brought the ledger to this version.</summary>
    public void Add(LedgerVersion version)
    {
        if (Activity.Current is { Recorded: true, Id: { } traceParent })
        {
            var kept = _causes.Length < Most ? _causes : _causes.RemoveAt(0);
            _causes = kept.Add(new ChangeCause(version, traceParent));
        }
    }

    /// <summary>With the causes, where there are any.</summary>
    public TotalView In(TotalView total) => _causes.IsEmpty ? total : total with { Causes = _causes };
}
