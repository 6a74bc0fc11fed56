using System.Diagnostics.CodeAnalysis;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger's place in one tree by one structure: its rollup there, the version of what it says, and its children's last
/// contributions. Which units each child positions for is fixed; a structure that says otherwise needs another node.
/// </summary>
/// <param name="epoch">The epoch of this activation; 0 for a unit without children in this tree.</param>
internal sealed class TreeNode(LedgerFrame frame, TreePosition position, long epoch)
{
    private readonly Dictionary<string, ChildHead> _children = new(StringComparer.Ordinal);
    private long _changes;
    private long _streamVersion;
    private SubmissionSource? _ownSource;

    /// <summary>The first structure that this node was made for.</summary>
    public long Since { get; } = position.StructureVersion;

    /// <summary>The last structure that this node was found to be right for.</summary>
    public TreePosition Position { get; private set; } = position;

    public string Tree => Position.Tree;

    public TreeView View => Position.View;

    public Unit Unit => Position.Unit;

    /// <summary>Code of the unit above; null at a root.</summary>
    public string? Parent => Position.Parent;

    public bool IsAggregate => epoch > 0;

    public Rollup Rollup { get; } = new(frame.Cells);

    /// <summary>Of a unit without children: its stream's version. Of an aggregate: its epoch and its own counter.</summary>
    public LedgerVersion Version => IsAggregate ? new LedgerVersion(epoch, _changes) : new LedgerVersion(0, _streamVersion);

    public void SetOwn(OwnLedger own)
    {
        Rollup.SetOwn(own.Part);
        _streamVersion = own.Version;
        _ownSource = own.Counting.Source();
        _changes++;
    }

    /// <summary>The version of a child's contribution held; null where none was ever received.</summary>
    public ChildHead? Child(string code) => _children.TryGetValue(code, out var head) ? head : null;

    /// <summary>Whether another structure gives the unit the same children, each standing for the same units.</summary>
    public bool Fits(TreePosition other)
    {
        var children = other.View.ChildrenOf(other.Unit.Code);
        return children.Length == View.ChildrenOf(Unit.Code).Length && children.All(child => HasSame(other.View, child));
    }

    /// <summary>Whether a child of another structure positions for the same units, and counts in the same scopes, as it does here.</summary>
    public bool HasSame(TreeView other, Unit child) =>
        View.TryFind(child.Code, out var here) && here.Parent == Unit.Code && BelongsToLevel(here) == BelongsToLevel(child)
        && View.MembersOf(child.Code) == other.MembersOf(child.Code);

    /// <summary>Goes on under another structure, which it fits.</summary>
    public void Adopt(TreePosition other) => Position = other;

    /// <summary>Whether a contribution is a child's, and made of exactly the units that the child positions for.</summary>
    public bool Accepts(Contribution contribution, [NotNullWhen(true)] out Unit? child) =>
        View.TryFind(contribution.Unit, out child) && child.Parent == Unit.Code
        && Ledgers.Contributions.Members(View.MembersOf(child.Code)) == contribution.Members;

    /// <summary>Takes in a child's contribution, which it accepts, unless a later one is held.</summary>
    public ReceiveResult Receive(Contribution contribution, Unit child)
    {
        if (_children.TryGetValue(contribution.Unit, out var held))
        {
            if (contribution.Version.Epoch < held.Version.Epoch)
            {
                return ReceiveResult.Superseded;
            }

            if (contribution.Version <= held.Version)
            {
                return ReceiveResult.Known;
            }
        }

        Set(child, Ledgers.Contributions.ToPart(contribution), new ChildHead(contribution.Version, contribution.Source));
        return ReceiveResult.Changed;
    }

    /// <summary>Takes over what another node of this ledger holds of a child that is the same in both.</summary>
    public void Take(TreeNode other, Unit child)
    {
        if (other.Child(child.Code) is { } head)
        {
            Set(child, other.Rollup.Child(child.Code), head);
        }
    }

    /// <summary>Follows another node in the order of this ledger's versions.</summary>
    public void Succeed(TreeNode other) => _changes = Math.Max(_changes, other._changes) + 1;

    /// <summary>The children's contributions as held, for a snapshot.</summary>
    public IEnumerable<Contribution> Contributions() => _children.Select(child => Ledgers.Contributions.Of(
        child.Key, Tree, child.Value.Version, 0, Rollup.Child(child.Key), child.Value.Source, default));

    /// <summary>All that the node sums: the unit's own part, under its own code, and the children's contributions.</summary>
    public IEnumerable<Contribution> Parts() => Contributions().Prepend(Ledgers.Contributions.Of(
        Unit.Code, Tree, new LedgerVersion(0, _streamVersion), Position.StructureVersion, Rollup.Own, _ownSource, default));

    /// <summary>Copies what this ledger says now, together with its version: no await comes between the two.</summary>
    /// <param name="acknowledgedAt">See <see cref="Contribution.AcknowledgedAt"/>.</param>
    public Contribution ToContribution(long acknowledgedAt = 0) => Ledgers.Contributions.Of(
        frame.Key.Unit, Tree, Version, Position.StructureVersion, Rollup.ToPart(), IsAggregate ? null : _ownSource,
        Ledgers.Contributions.Members(View.MembersOf(Unit.Code)), acknowledgedAt);

    private static bool BelongsToLevel(Unit child) => child.Kind != UnitKind.Government;

    private void Set(Unit child, RollupPart part, ChildHead head)
    {
        Rollup.SetChild(child.Code, BelongsToLevel(child), part);
        _children[child.Code] = head;
        _changes++;
    }
}

/// <summary>Which contribution of a child is held, and the submission behind it where it is exactly one.</summary>
internal readonly record struct ChildHead(LedgerVersion Version, SubmissionSource? Source);

internal enum ReceiveResult
{
    /// <summary>The total changed.</summary>
    Changed,

    /// <summary>This version or a later one was held already.</summary>
    Known,

    /// <summary>A later activation of the child has spoken.</summary>
    Superseded,
}
