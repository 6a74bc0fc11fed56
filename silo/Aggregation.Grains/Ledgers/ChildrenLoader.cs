using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Completes a waking aggregate: children without children of their own are read from the journal in one query, waking
/// none; of the others, those that the snapshot does not have as the journal has them are asked. A child never waits for its parent while it answers, so there is no circle.
/// </summary>
internal sealed class ChildrenLoader(LatestRows latest, SnapshotStore snapshots, IJournal journal, IGrainFactory grains)
{
    public SnapshotKeeper SnapshotOf(LedgerFrame frame, GrainId ledger, Place place) => new(frame, ledger, place, snapshots, journal);

    /// <returns>The last structure that a child is known to follow, if it is another than this node's and tells of other units; else 0.</returns>
    public async Task<long> LoadAsync(
        LedgerFrame frame, Place place, CancellationToken cancellation)
    {
        var node = place.Node;
        var children = node.View.ChildrenOf(frame.Key.Unit).ToLookup(child => node.View.IsLeaf(child.Code));
        await ReadLeavesAsync(frame, node, [.. children[true]], cancellation);
        IReadOnlyList<Unit> ask = [.. children[false]];
        if (ask.Count > 0)
        {
            ask = await place.Snapshot!.FillAsync(ask, node.View, cancellation);
        }

        return await PullAsync(frame, node, ask);
    }

    /// <summary>What the journal has of children that have no children: what they themselves would push.</summary>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public async Task ReadLeavesAsync(
        LedgerFrame frame, TreeNode node, IReadOnlyCollection<Unit> children, CancellationToken cancellation)
    {
        if (children.Count == 0)
        {
            return;
        }

        var leaves = children.ToDictionary(child => child.Code, StringComparer.Ordinal);
        var rows = await latest.ReadAsync(
            frame.Key.Tenant, frame.Key.Form, frame.Key.Period, leaves.Keys, cancellation);
        foreach (var row in rows)
        {
            var leaf = leaves[row.Unit];
            var counting = CountingCodec.Unpack(row.State);
            node.Receive(
                Contributions.Of(
                    row.Unit, node.Tree, new LedgerVersion(0, row.Version), node.Position.StructureVersion,
                    counting.ToPart(frame.Key.At(row.Unit).ToName(frame.Period), frame.Cells), counting.Source(),
                    Contributions.Members(node.View.MembersOf(row.Unit))),
                leaf);
        }
    }

    private async Task<long> PullAsync(LedgerFrame frame, TreeNode node, IReadOnlyList<Unit> children)
    {
        var pulls = children.Select(child => PullAsync(frame, node, child)).ToList();
        var ahead = 0L;
        foreach (var contribution in await Task.WhenAll(pulls))
        {
            if (contribution is null)
            {
                ahead = Math.Max(ahead, node.Position.StructureVersion + 1);
            }
            else if (!node.Accepts(contribution, out var child))
            {
                ahead = Math.Max(ahead, contribution.StructureVersion);
            }
            else if (contribution.Version.Version > 0)
            {
                node.Receive(contribution, child);
            }
        }

        return ahead;
    }

    /// <summary>What a child says once it is on the structure of this node.</summary>
    public Task<Contribution> PullAsync(LedgerFrame frame, TreeNode node, string child) =>
        grains.GetGrain<IRollupGrain>(frame.Key.At(child).ToString()).PullAt(node.Tree, node.Position.StructureVersion);

    /// <returns>Null where there is no such unit: then the child follows a later structure, which abolished it since this one was looked at.</returns>
    private async Task<Contribution?> PullAsync(LedgerFrame frame, TreeNode node, Unit child)
    {
        try
        {
            return await PullAsync(frame, node, child.Code);
        }
        catch (RefusedException refusal) when (refusal.Kind == RefusalKind.NotFound)
        {
            return null;
        }
    }
}
