using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Obligations;
using Aggregation.Domain.Structure;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger that is complete: the unit's own part, and its place in every tree that it stands in, with all contributions
/// that the journal held when its epoch was taken.
/// </summary>
internal sealed class OpenLedger : IDisposable
{
    private readonly IGrainBase _grain;
    private readonly LedgerServices _services;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private readonly Action _superseded;
    private readonly Action _settled;
    private long _followed;
    private bool _opened;
    private bool _disposed;

    private OpenLedger(
        LedgerFrame frame, LedgerServices services, OwnLedger own, long epoch, IGrainBase grain, Action superseded, Action settled)
    {
        Frame = frame;
        Own = own;
        Epoch = epoch;
        _services = services;
        _grain = grain;
        _superseded = superseded;
        _settled = settled;
    }

    public LedgerFrame Frame { get; }

    public OwnLedger Own { get; }

    /// <summary>The unit's name, of whichever tree names it first.</summary>
    public string UnitName => _places.Values.First().Node.Unit.Name;

    /// <summary>The epoch of this activation; 0 where the unit has no children in any tree.</summary>
    public long Epoch { get; }

    /// <summary>Called when anything that the ledger holds has changed.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>How far this activation has come.</summary>
    public LedgerHead Head => new(ToName(Frame.Key), Epoch, Own.Version);

    /// <summary>The unit has no children in any tree.</summary>
    public bool IsLeaf => _places.Values.All(place => !place.Node.IsAggregate);

    /// <summary>Nothing would be lost to anybody if it left memory: every parent holds it, and nobody observes it.</summary>
    public bool IsSettled => _places.Values.All(place => place.Pusher is null or { IsSettled: true } && !place.Notifier.HasObservers);

    /// <summary>A parent is not known to hold all of it.</summary>
    public bool IsOwing => _places.Values.Any(place => place.Pusher is { IsOwing: true });

    /// <summary>Only where children have children does a snapshot save anything.</summary>
    public bool IsWorthASnapshot => _places.Values.Any(HasGrandchildren);

    /// <summary>The structure as the silo knows it, by which rights are decided.</summary>
    public AdministrativeStructure Structure => _services.Tenants.Seen(Frame.Key.Tenant).Structure;

    /// <summary>The task of this form and period as the silo knows it; null where none was opened.</summary>
    public ReportingTask? Task => _services.Tenants.Seen(Frame.Key.Tenant).Tasks.Find(Frame.Key.Form, Frame.Key.Period);

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

    /// <summary>The unit's place in a tree.</summary>
    /// <exception cref="RefusedException">The unit does not stand in that tree.</exception>
    public Place In(string tree) => _places.TryGetValue(tree, out var place)
        ? place
        : throw Refuse.NotFound($"unit in tree '{tree}'", Frame.Key.Unit);

    /// <summary>
    /// Follows the tenant's structure: at once where the same units stay below each child, else by a swap that goes on
    /// behind what the ledger says. False when the unit came to have, or to lose, its first children or a tree, so that the ledger must be opened anew.
    /// </summary>
    public bool TryFollowStructure()
    {
        var structure = Structure;
        if (structure.Version == _followed)
        {
            return true;
        }

        var shape = LedgerShape.Of(structure, Frame);
        if (shape.Length != _places.Count || !shape.All(stand =>
            _places.TryGetValue(stand.Tree, out var place) && place.Node.IsAggregate != stand.IsLeaf))
        {
            return false;
        }

        _followed = structure.Version;
        foreach (var stand in shape)
        {
            _places[stand.Tree].Follow(stand);
        }

        return true;
    }

    /// <summary>As <see cref="TryFollowStructure"/>; gives this activation up where that does not do.</summary>
    /// <returns>Whether it goes on.</returns>
    public bool FollowOrLeave()
    {
        if (!_disposed && !TryFollowStructure())
        {
            _superseded();
        }

        return !_disposed;
    }

    /// <summary>What the ledger holds is in doubt: gives this activation up, and the next one reads it anew.</summary>
    public void Fail(Exception exception)
    {
        LedgerLog.WorkFailed(_services.Logger, exception, Frame.Key.ToString());
        _superseded();
    }

    /// <summary>Takes in a child's push.</summary>
    public async Task<PushAck> ReceiveAsync(Contribution contribution)
    {
        if (!_places.TryGetValue(contribution.Tree, out var place))
        {
            return new PushAck(PushOutcome.StructureDiffers, default);
        }

        var ack = await place.ReceiveAsync(contribution);
        if (ack.Outcome != PushOutcome.StructureDiffers || contribution.StructureVersion <= Structure.Version)
        {
            return ack;
        }

        // The sender may be ahead of what this silo has seen.
        await _services.Tenants.FollowAsync(Frame.Key.Tenant, contribution.StructureVersion);
        return FollowOrLeave() ? await place.ReceiveAsync(contribution) : ack;
    }

    /// <summary>What the ledger says in a tree once it is on this structure or a later one.</summary>
    public async Task<Contribution> PullAsync(string tree, long structureVersion)
    {
        var place = In(tree);
        await place.FollowedAsync(structureVersion);
        if (_disposed)
        {
            throw Refuse.Unavailable("The ledger is leaving memory; ask again.");
        }

        return place.Node.ToContribution();
    }

    /// <summary>Waits until every parent holds what this ledger holds now.</summary>
    /// <returns>Whether one lacked anything.</returns>
    /// <exception cref="RefusedException">The ledger leaves memory meanwhile.</exception>
    public async Task<bool> PushedAsync(CancellationToken cancellation)
    {
        var owing = _places.Values.Where(static place => place.Pusher is { IsOwing: true }).ToList();
        foreach (var place in owing)
        {
            await place.Pusher!.IncludedAsync(place.Node.Version, cancellation);
        }

        return owing.Count > 0;
    }

    /// <summary>Writes the snapshots that are worth having.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task WriteSnapshotsAsync()
    {
        foreach (var place in _places.Values)
        {
            if (place.Snapshot is { } snapshot && HasGrandchildren(place))
            {
                await snapshot.WriteAsync();
            }
        }
    }

    public ContributionPusher PusherTo(Place place, string parent) => new(
        Frame.Key, place, parent, _services.Grains.GetGrain<IRollupGrain>(Frame.Key.At(parent).ToString()),
        acknowledgedAt =>
        {
            // Its parent takes nothing of it until it has been opened anew in its new place.
            FollowOrLeave();
            return place.Node.ToContribution(acknowledgedAt);
        },
        _services, Fail, _superseded, _settled);

    /// <summary>
    /// Tells a unit that it is no child any more. What it pushed here after its new parent had read it, and before it knew,
    /// it pushes there.
    /// </summary>
    public void HandOver(string unit, Stand stand)
    {
        if (stand.View.TryFind(unit, out _))
        {
            _ = TellAsync();
        }

        async Task TellAsync()
        {
            try
            {
                await _services.Grains.GetGrain<IRollupGrain>(Frame.Key.At(unit).ToString()).PullAt(stand.Tree, stand.StructureVersion);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                LedgerLog.HandOverFailed(_services.Logger, exception, unit, stand.StructureVersion);
            }
        }
    }

    /// <summary>Leaves nothing in the snapshots.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task DropSnapshotsAsync()
    {
        foreach (var place in _places.Values)
        {
            if (place.Snapshot is { } snapshot)
            {
                await snapshot.DropAsync();
            }
        }
    }

    /// <summary>Nothing is pushed or told any more. Safe to call again.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        foreach (var place in _places.Values)
        {
            place.Dispose();
        }

        if (_opened)
        {
            _services.Telemetry.Closed();
        }
    }

    private static LedgerName ToName(LedgerKey key) => new(key.Tenant, key.Form, key.Period, key.Unit);

    private static bool HasGrandchildren(Place place) =>
        place.Node.View.ChildrenOf(place.Node.Unit.Code).Any(child => !place.Node.View.IsLeaf(child.Code));

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

    /// <summary>The unit's own part changed: every tree hears of it.</summary>
    private void OwnChanged()
    {
        foreach (var place in _places.Values)
        {
            place.SetOwn(Own);
            place.Changed(Own.AcknowledgedAt);
        }

        Changed();
        if (_places.Values.All(place => place.Pusher is null))
        {
            _settled();
        }
    }
}
