using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// A ledger's place in one tree: its rollup there, the version of what it says, and its children's last contributions.
/// </summary>
/// <param name="epoch">The epoch of this activation; 0 for a unit without children in this tree.</param>
internal sealed class TreeNode(LedgerFrame frame, string tree, Unit unit, string? parent, long epoch)
{
    private readonly Dictionary<string, ChildHead> _children = new(StringComparer.Ordinal);
    private long _changes;
    private long _streamVersion;
    private SubmissionSource? _ownSource;

    public string Tree => tree;

    public Unit Unit => unit;

    /// <summary>Code of the unit above; null at a root.</summary>
    public string? Parent => parent;

    public bool IsAggregate => epoch > 0;

    public Rollup Rollup { get; } = new(frame.Cells);

    /// <summary>Of a unit without children: its stream's version. Of an aggregate: its epoch and its own counter.</summary>
    public LedgerVersion Version => IsAggregate ? new LedgerVersion(epoch, _changes) : new LedgerVersion(0, _streamVersion);

    public SubmissionSource? OwnSource => _ownSource;

    public void SetOwn(OwnLedger own)
    {
        Rollup.SetOwn(own.Part);
        _streamVersion = own.Version;
        _ownSource = own.Counting.Source;
        _changes++;
    }

    /// <summary>The version of a child's contribution held; null where none was ever received.</summary>
    public ChildHead? Child(string code) => _children.TryGetValue(code, out var head) ? head : null;

    /// <summary>Takes in a child's contribution unless a later one is held.</summary>
    /// <param name="belongsToLevel">The child is a department or institution.</param>
    public ReceiveResult Receive(Contribution contribution, bool belongsToLevel)
    {
        if (_children.TryGetValue(contribution.Unit, out var held))
        {
            if (contribution.Version.Epoch < held.Version.Epoch)
            {
                return ReceiveResult.Superseded;
            }

            if (contribution.Version <= held.Version)
            {
                return ReceiveResult.Held;
            }
        }

        Rollup.SetChild(contribution.Unit, belongsToLevel, Ledgers.Contributions.ToPart(contribution));
        _children[contribution.Unit] = new ChildHead(contribution.Version, contribution.Source);
        _changes++;
        return ReceiveResult.Changed;
    }

    /// <summary>The children's contributions as held, for a snapshot.</summary>
    public IEnumerable<Contribution> Contributions() => _children.Select(child => Ledgers.Contributions.Of(
        child.Key, tree, child.Value.Version, 0, Rollup.Child(child.Key), child.Value.Source));

    /// <summary>Copies what this ledger says now, together with its version: no await comes between the two.</summary>
    public Contribution ToContribution(long structureVersion) => Ledgers.Contributions.Of(
        frame.Key.Unit, tree, Version, structureVersion, Rollup.ToPart(), IsAggregate ? null : _ownSource);
}

/// <summary>Which contribution of a child is held, and the submission behind it where it is exactly one.</summary>
internal readonly record struct ChildHead(LedgerVersion Version, SubmissionSource? Source);

internal enum ReceiveResult
{
    /// <summary>The total changed.</summary>
    Changed,

    /// <summary>This version or a later one was held already.</summary>
    Held,

    /// <summary>A later activation of the child has spoken.</summary>
    Superseded,
}
