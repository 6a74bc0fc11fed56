using Aggregation.Contracts.Ledgers;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger in one tree: what it holds there, and who is told. While the units below it are being put on another
/// structure it goes on with the node that it has, and changes to the next in one turn when that is complete.
/// </summary>
internal sealed class Place : IDisposable
{
    private readonly OpenLedger _ledger;
    private readonly ChildrenLoader _children;
    private readonly LedgerWork _work;
    private NodeSwap? _swap;

    public Place(IGrainBase grain, OpenLedger ledger, TreeNode node, ChildrenLoader children, LedgerWork work)
    {
        _ledger = ledger;
        _children = children;
        _work = work;
        Node = node;
        Notifier = new ChangeNotifier(grain, this, work);
        Snapshot = node.IsAggregate ? children.SnapshotOf(ledger.Frame, grain.GrainContext.GrainId, this) : null;
    }

    /// <summary>What the ledger says.</summary>
    public TreeNode Node { get; private set; }

    /// <summary>Null at a root, and until the ledger is complete.</summary>
    public ContributionPusher? Pusher { get; private set; }

    public ChangeNotifier Notifier { get; }

    /// <summary>Null for a unit without children.</summary>
    public SnapshotKeeper? Snapshot { get; }

    /// <summary>The traced changes that came last while somebody observed; empty for none.</summary>
    public RecentCauses Causes { get; } = new();

    /// <param name="acknowledgedAt">See <see cref="Contribution.AcknowledgedAt"/>.</param>
    public void Changed(long acknowledgedAt)
    {
        Pusher?.Changed(acknowledgedAt);
        if (Notifier.HasObservers && _work.Telemetry.Source.HasListeners())
        {
            Causes.Add(Node.Version);
        }

        Notifier.Changed();
    }

    public void SetOwn(OwnLedger own)
    {
        Node.SetOwn(own);
        _swap?.Next.SetOwn(own);
    }

    /// <summary>Follows a structure that leaves the unit a leaf, or an aggregate: at once, or by a swap.</summary>
    public void Follow(TreePosition position)
    {
        if (_swap is not null)
        {
            _swap.Aim(position);
        }
        else if (Node.Fits(position))
        {
            Node.Adopt(position);
            Direct();
        }
        else
        {
            _swap = new NodeSwap(_ledger, this, position, _children, _work);
            _swap.Start();
        }
    }

    /// <summary>
    /// Pushes to the parent that the node has, beginning with all that is held: an earlier activation may have gone before the
    /// parent held it, and another parent holds nothing. What a parent holds already, it ignores.
    /// </summary>
    public void Direct()
    {
        if (Pusher?.Parent == Node.Parent)
        {
            return;
        }

        Pusher?.Dispose();
        Pusher = Node.Parent is { } parent ? _ledger.PusherTo(this, parent) : null;
        if (Node.Version.Version > 0)
        {
            Pusher?.Opened();
        }
    }

    /// <summary>Completes when the node is right for a structure.</summary>
    /// <exception cref="Contracts.RefusedException">The ledger leaves memory first.</exception>
    public async Task FollowedAsync(long structureVersion)
    {
        while (Node.Position.StructureVersion < structureVersion && _swap is { } swap)
        {
            await swap.Done;
        }
    }

    /// <summary>Takes in a child's push: what the node accepts at once; what only the next accepts, when it has become the node.</summary>
    public async Task<PushAck> ReceiveAsync(Contribution contribution)
    {
        while (true)
        {
            var isChildOfNext = _swap is not null && _swap.Next.Accepts(contribution, out _);
            if (isChildOfNext && _swap!.Next.Accepts(contribution, out var next))
            {
                _swap.Next.Receive(contribution, next);
            }

            if (Node.Accepts(contribution, out var child))
            {
                return Receive(contribution, child);
            }

            if (!isChildOfNext)
            {
                return new PushAck(PushOutcome.StructureDiffers, default);
            }

            await _swap!.Done;
        }
    }

    /// <summary>The next node is complete: from here on it is what the ledger says.</summary>
    public void Swap(TreeNode next)
    {
        var before = Node;
        next.Succeed(before);
        Node = next;
        _swap = null;
        Direct();
        Changed(acknowledgedAt: 0);
        _ledger.Changed();
        foreach (var contribution in before.Contributions())
        {
            if (!next.View.TryFind(contribution.Unit, out var unit) || unit.Parent != next.Unit.Code)
            {
                _ledger.HandOver(contribution.Unit, next.Position);
            }
        }
    }

    public void Dispose()
    {
        _swap?.Dispose();
        Pusher?.Dispose();
        Notifier.Dispose();
    }

    private PushAck Receive(Contribution contribution, Domain.Structure.Unit child)
    {
        switch (Node.Receive(contribution, child))
        {
            case ReceiveResult.Superseded:
                return new PushAck(PushOutcome.Superseded, default);
            case ReceiveResult.Changed:
                Changed(contribution.AcknowledgedAt);
                _ledger.Changed();
                break;
            case ReceiveResult.Known:
                Pusher?.Join(contribution.AcknowledgedAt);
                break;
        }

        _work.Telemetry.Merged(Node.Unit.Level, isRoot: Node.Parent is null, contribution.AcknowledgedAt);

        return new PushAck(PushOutcome.Included, Node.Version);
    }
}
