using Aggregation.Contracts;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <content>How it becomes complete; until then it neither pushes nor answers.</content>
internal sealed partial class OpenLedger
{
    /// <summary>Reads and gathers everything that the ledger holds.</summary>
    /// <param name="superseded">What to do when another activation has taken over.</param>
    /// <param name="settled">What to do when a push has arrived and nothing more is to be pushed.</param>
    /// <exception cref="RefusedException">There is no such unit in the period's structure.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<OpenLedger> OpenAsync(
        LedgerFrame frame, LedgerServices services, IGrainBase grain, Action superseded, Action settled,
        Action<AdministrativeStructure> absent, CancellationToken cancellation)
    {
        var structure = (await services.Tenants.GetAsync(frame.Key.Tenant)).Structure;
        while (true)
        {
            var shape = LedgerShape.Of(structure, frame);
            if (shape.IsEmpty)
            {
                absent(structure);
                throw LedgerShape.Absent(frame);
            }

            // The epoch comes first: what the journal holds by then is in what is read and pulled after it.
            var epoch = shape.Any(stand => !stand.IsLeaf) ? await services.Journal.TakeEpochAsync(ToName(frame.Key)) : 0;
            var own = new OwnLedger(frame, services);
            await own.LoadAsync(cancellation);
            var ledger = new OpenLedger(frame, services, own, epoch, grain, superseded, settled) { _followed = structure.Version };
            var ahead = await ledger.LoadAsync(shape, cancellation);
            if (ahead == 0)
            {
                ledger.Open();
                return ledger;
            }

            // A child follows a later structure than this silo had seen.
            ledger.Dispose();
            var seen = structure.Version;
            structure = await services.Tenants.FollowAsync(frame.Key.Tenant, Math.Max(ahead, seen + 1));
            if (structure.Version == seen)
            {
                throw Refuse.Unavailable($"A unit below {frame.Key.Unit} is not on structure {seen} yet; ask again.");
            }
        }
    }

    /// <returns>The structure of a child that is ahead; 0 when the ledger is complete.</returns>
    private async Task<long> LoadAsync(IEnumerable<Stand> shape, CancellationToken cancellation)
    {
        var ahead = 0L;
        foreach (var stand in shape)
        {
            var node = new TreeNode(Frame, stand, stand.IsLeaf ? 0 : Epoch);
            if (Own.Version > 0)
            {
                node.SetOwn(Own);
            }

            var place = new Place(_grain, this, node, _services);
            _places.Add(stand.Tree, place);
            if (!stand.IsLeaf)
            {
                ahead = Math.Max(ahead, await ChildrenLoader.LoadAsync(Frame, _services, place, cancellation));
            }
        }

        return ahead;
    }

    /// <summary>From here on it speaks.</summary>
    private void Open()
    {
        _opened = true;
        Own.Changed = OwnChanged;
        _services.Telemetry.Opened();
        foreach (var place in _places.Values)
        {
            place.Direct();
        }
    }
}
