using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Tasks;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Tenants;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger that is complete: the unit's own part, and its place in every tree that it stands in, with all contributions
/// that the journal held when its epoch was taken.
/// </summary>
internal sealed partial class OpenLedger : IDisposable
{
    private readonly ILedgerActivation _activation;
    private readonly TenantCatalog _tenants;
    private readonly IGrainFactory _grains;
    private readonly ChildrenLoader _children;
    private readonly LedgerWork _work;
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);
    private long _followed;
    private bool _opened;
    private bool _disposed;

    public OpenLedger(
        LedgerFrame frame, OwnLedger own, long epoch, ILedgerActivation activation, TenantCatalog tenants, IGrainFactory grains,
        ChildrenLoader children, LedgerWork work)
    {
        Frame = frame;
        Own = own;
        Epoch = epoch;
        _activation = activation;
        _tenants = tenants;
        _grains = grains;
        _children = children;
        _work = work;
    }

    public LedgerFrame Frame { get; }

    public OwnLedger Own { get; }

    /// <summary>The unit's name, of whichever tree names it first; its last one where it has left them all.</summary>
    public string UnitName => _places.Values.FirstOrDefault()?.Node.Unit.Name ?? Departure?.Unit.Name ?? "";

    /// <summary>How the unit left, if it stands in no tree any more: what it filed is read here, and takes nothing more.</summary>
    public Departure? Departure => _places.Count > 0 && !_disposed ? null : Structure.DepartureOf(Frame.Key.Unit, Frame.Day);

    /// <summary>The epoch of this activation; 0 where the unit has no children in any tree.</summary>
    public long Epoch { get; }

    /// <summary>Called when anything that the ledger holds has changed.</summary>
    public Action Changed { get; set; } = static () => { };

    /// <summary>How far this activation has come.</summary>
    public LedgerHead Head => new(Frame.ToName(), Epoch, Own.Version);

    /// <summary>The unit has no children in any tree.</summary>
    public bool IsLeaf => _places.Values.All(place => !place.Node.IsAggregate);

    /// <summary>Nothing would be lost to anybody if it left memory: every parent holds it, and nobody observes it.</summary>
    public bool IsSettled => _places.Values.All(place => place.Pusher is null or { IsSettled: true } && !place.Notifier.HasObservers);

    /// <summary>A parent is not known to hold all of it.</summary>
    public bool IsOwing => _places.Values.Any(place => place.Pusher is { IsOwing: true });

    /// <summary>Only where children have children does a snapshot save anything.</summary>
    public bool IsWorthASnapshot => _places.Values.Any(HasGrandchildren);

    /// <summary>The structure as the silo knows it, by which rights are decided.</summary>
    public AdministrativeStructure Structure => _tenants.Seen(Frame.Key.Tenant).Structure;

    /// <summary>The task of this form and period as the silo knows it; null where none was opened.</summary>
    public ReportingTask? Task => _tenants.Seen(Frame.Key.Tenant).Tasks.Find(Frame.Key.Form, Frame.Key.Period);

    /// <summary>The unit's place in a tree.</summary>
    /// <exception cref="RefusedException">The unit does not stand in that tree.</exception>
    public Place In(string tree) => Find(tree) ?? throw LedgerShape.Absent(Structure, Frame, tree);

    /// <summary>The unit's place in a tree; null where it does not stand in it.</summary>
    public Place? Find(string tree) => _places.TryGetValue(tree, out var place) && (!_disposed || StandsIn(tree)) ? place : null;

    /// <exception cref="RefusedException">The unit has left every tree.</exception>
    public void RequireStanding()
    {
        if (Departure is { } left)
        {
            throw Refuse.Left(RefusalKind.FailedPrecondition, left);
        }
    }

    /// <summary>What the ledger holds is in doubt: gives this activation up, and the next one reads it anew.</summary>
    public void Fail(Exception exception)
    {
        LedgerLog.WorkFailed(_work.Logger, exception, Frame.Key.ToString());
        _activation.Leave();
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
        await LookAsync(contribution.StructureVersion);
        return FollowOrLeave() ? await place.ReceiveAsync(contribution) : ack;
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
        Frame.Key, place, parent, _grains.GetGrain<IRollupGrain>(Frame.Key.At(parent).ToString()),
        acknowledgedAt =>
        {
            // Its parent takes nothing of it until it has been opened anew in its new place.
            FollowOrLeave();
            return place.Node.ToContribution(acknowledgedAt);
        },
        _work, _activation, Fail);

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
            _work.Telemetry.Closed();
        }
    }

    private static bool HasGrandchildren(Place place) =>
        place.Node.View.ChildrenOf(place.Node.Unit.Code).Any(child => !place.Node.View.IsLeaf(child.Code));

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
            _activation.Settle();
        }
    }
}
