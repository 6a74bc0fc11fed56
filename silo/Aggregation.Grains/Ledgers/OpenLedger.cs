using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger that is complete: the unit's own part, and its place in every tree that it stands in, with all contributions
/// that the journal held when its epoch was taken.
/// </summary>
internal sealed class OpenLedger : IDisposable
{
    private readonly LedgerServices _services;
    private readonly Dictionary<string, Place> _places;
    private readonly Action _superseded;
    private readonly Action _settled;
    private bool _disposed;

    private OpenLedger(
        LedgerFrame frame, LedgerServices services, OwnLedger own, Dictionary<string, Place> places, long structureVersion,
        Action superseded, Action settled)
    {
        Frame = frame;
        Own = own;
        StructureVersion = structureVersion;
        _services = services;
        _places = places;
        _superseded = superseded;
        _settled = settled;
        own.Changed = OwnChanged;
        services.Telemetry.Opened();
    }

    public LedgerFrame Frame { get; }

    public OwnLedger Own { get; }

    /// <summary>The structure that contributions are stamped with.</summary>
    public long StructureVersion { get; private set; }

    /// <summary>The epoch of this activation; 0 where the unit has no children in any tree.</summary>
    public long Epoch { get; private init; }

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

    /// <summary>Reads and gathers everything that the ledger holds.</summary>
    /// <param name="superseded">What to do when another activation has taken over.</param>
    /// <param name="settled">What to do when a push has arrived and nothing more is to be pushed.</param>
    /// <exception cref="RefusedException">There is no such unit in the period's structure.</exception>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<OpenLedger> OpenAsync(
        LedgerFrame frame, LedgerServices services, IGrainBase grain, Action superseded, Action settled, CancellationToken cancellation)
    {
        var tenant = await services.Tenants.GetAsync(frame.Key.Tenant);
        var structure = tenant.Structure;
        var shape = LedgerShape.Of(structure, frame);
        if (shape.IsEmpty)
        {
            throw Refuse.NotFound($"unit in {frame.Key.Period}", frame.Key.Unit);
        }

        // The epoch comes first: what the journal holds by then is in what is read and pulled after it.
        var epoch = shape.Any(stand => !stand.IsLeaf) ? await services.Journal.TakeEpochAsync(ToName(frame.Key)) : 0;
        var own = new OwnLedger(frame, services);
        await own.LoadAsync(cancellation);
        OpenLedger? ledger = null;
        var places = new Dictionary<string, Place>(StringComparer.Ordinal);
        foreach (var stand in shape)
        {
            var node = new TreeNode(frame, stand.Tree, stand.Unit, stand.Parent, stand.IsLeaf ? 0 : epoch);
            if (own.Version > 0)
            {
                node.SetOwn(own);
            }

            SnapshotKeeper? snapshot = null;
            if (!stand.IsLeaf)
            {
                snapshot = new SnapshotKeeper(frame, grain.GrainContext.GrainId, node, services);
                await ChildrenLoader.LoadAsync(frame, services, structure, node, snapshot, cancellation);
            }

            var pusher = stand.Parent is null ? null : new ContributionPusher(
                grain, node, services.Grains.GetGrain<IRollupGrain>(frame.Key.At(stand.Parent).ToString()),
                () => ledger!.ToContribution(node), services, superseded, settled);
            places.Add(stand.Tree, new Place(node, pusher, new ChangeNotifier(grain, node, services), snapshot));
        }

        ledger = new OpenLedger(
            frame, services, own, places, structure.Version, superseded, settled) { Epoch = epoch };
        ledger.PushWhatIsHeld();
        return ledger;
    }

    /// <summary>The unit's place in a tree.</summary>
    /// <exception cref="RefusedException">The unit does not stand in that tree.</exception>
    public Place In(string tree) => _places.TryGetValue(tree, out var place)
        ? place
        : throw Refuse.NotFound($"unit in tree '{tree}'", Frame.Key.Unit);

    public AdministrativeStructure Structure => _services.Tenants.Seen(Frame.Key.Tenant).Structure;

    public TreeView View(string tree) => Structure.At(tree, Frame.Day);

    /// <summary>
    /// Follows the tenant's structure. False when the unit's place has changed, so that the ledger must be opened anew.
    /// </summary>
    public bool TryFollowStructure()
    {
        var structure = Structure;
        if (structure.Version == StructureVersion)
        {
            return true;
        }

        var shape = LedgerShape.Of(structure, Frame);
        if (shape.Length != _places.Count || !shape.All(stand => _places.TryGetValue(stand.Tree, out var place)
            && place.Node.Parent == stand.Parent && place.Node.IsAggregate != stand.IsLeaf))
        {
            return false;
        }

        StructureVersion = structure.Version;
        return true;
    }

    /// <summary>The unit's own part changed: every tree hears of it.</summary>
    private void OwnChanged()
    {
        foreach (var place in _places.Values)
        {
            place.Node.SetOwn(Own);
            place.Changed();
        }

        Changed();

        if (_places.Values.All(place => place.Pusher is null))
        {
            _settled();
        }
    }

    /// <summary>Takes in a child's push.</summary>
    public PushAck Receive(Contribution contribution)
    {
        if (!_places.TryGetValue(contribution.Tree, out var place))
        {
            return new PushAck(PushOutcome.StructureDiffers, default);
        }

        // A sender on another structure may stand elsewhere in it: both look at the structure again before they go on.
        var view = View(contribution.Tree);
        if (contribution.StructureVersion != StructureVersion
            || !view.TryFind(contribution.Unit, out var child) || view.ParentOf(child.Code)?.Code != Frame.Key.Unit)
        {
            return new PushAck(PushOutcome.StructureDiffers, default);
        }

        switch (place.Node.Receive(contribution, child.Kind != UnitKind.Government))
        {
            case ReceiveResult.Superseded:
                return new PushAck(PushOutcome.Superseded, default);
            case ReceiveResult.Changed:
                place.Changed();
                Changed();
                break;
            case ReceiveResult.Held:
                place.Pusher?.Join();
                break;
        }

        return new PushAck(PushOutcome.Included, place.Node.Version);
    }

    public Contribution ToContribution(TreeNode node)
    {
        if (!TryFollowStructure())
        {
            // Its parent takes nothing of it until it has been opened anew in its new place.
            _superseded();
        }

        return node.ToContribution(StructureVersion);
    }

    /// <summary>Writes the snapshots that are worth having.</summary>
    /// <exception cref="Orleans.Storage.InconsistentStateException">Another activation has written.</exception>
    public async Task WriteSnapshotsAsync()
    {
        foreach (var (tree, place) in _places)
        {
            var view = View(tree);
            if (place.Snapshot is { } snapshot && HasGrandchildren(view))
            {
                await snapshot.WriteAsync(view);
            }
        }
    }

    /// <summary>Only where children have children does a snapshot save anything.</summary>
    public bool IsWorthASnapshot => _places.Keys.Any(tree => HasGrandchildren(View(tree)));

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
            place.Pusher?.Dispose();
            place.Notifier.Dispose();
        }

        _services.Telemetry.Closed();
    }

    private static LedgerName ToName(LedgerKey key) => new(key.Tenant, key.Form, key.Period, key.Unit);

    private bool HasGrandchildren(TreeView view) => view.ChildrenOf(Frame.Key.Unit).Any(child => !view.IsLeaf(child.Code));

    /// <summary>
    /// An earlier activation may have gone before its parents held all it had. What they hold already, they ignore.
    /// </summary>
    private void PushWhatIsHeld()
    {
        foreach (var place in _places.Values)
        {
            if (place.Pusher is { } pusher && place.Node.Version.Version > 0)
            {
                pusher.Opened();
            }
        }
    }
}

/// <summary>A ledger in one tree: what it holds there, and who is told.</summary>
/// <param name="Pusher">Null at a root.</param>
/// <param name="Snapshot">Null for a unit without children.</param>
internal sealed record Place(TreeNode Node, ContributionPusher? Pusher, ChangeNotifier Notifier, SnapshotKeeper? Snapshot)
{
    public void Changed()
    {
        Pusher?.Changed();
        Notifier.Changed();
    }
}
