using Aggregation.Contracts;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>Brings ledgers into memory.</summary>
internal sealed class LedgerOpener(
    IJournal journal, LatestRows latest, TenantCatalog tenants, AuditScope audits, IGrainFactory grains, ChildrenLoader children,
    LedgerWork work)
{
    /// <summary>Reads and gathers everything that the ledger holds.</summary>
    /// <exception cref="RefusedException">There is no such unit in the period's structure.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task<OpenLedger> OpenAsync(LedgerFrame frame, ILedgerActivation activation, CancellationToken cancellation)
    {
        var structure = (await tenants.GetAsync(frame.Key.Tenant)).Structure;
        while (true)
        {
            var shape = LedgerShape.Of(structure, frame);
            if (shape.IsEmpty && structure.DepartureOf(frame.Key.Unit, frame.Day) is null)
            {
                activation.Miss(structure, frame.Day);
                throw LedgerShape.Absent(frame);
            }

            // The epoch comes first: what the journal holds by then is in what is read and pulled after it.
            var epoch = shape.Any(position => !position.IsLeaf) ? await journal.TakeEpochAsync(frame.ToName()) : 0;
            var own = new OwnLedger(frame, journal, latest, audits, work.Clock);
            await own.LoadAsync(cancellation);
            var ledger = new OpenLedger(frame, own, epoch, activation, tenants, grains, children, work);
            var ahead = await ledger.LoadAsync(structure, shape, cancellation);
            if (ahead == 0)
            {
                ledger.Open();
                if (!ledger.IsLeaf)
                {
                    audits.Opened(frame.Key);
                }

                return ledger;
            }

            // A child follows a later structure than this silo had seen.
            ledger.Dispose();
            var seen = structure.Version;
            structure = await tenants.FollowAsync(frame.Key.Tenant, Math.Max(ahead, seen + 1));
            if (structure.Version == seen)
            {
                throw Refuse.Unavailable($"A unit below {frame.Key.Unit} is not on structure {seen} yet; ask again.");
            }
        }
    }
}
