using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Snapshots;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Completes a waking aggregate: children without children of their own are read from the journal in one query, waking
/// none; of the others, those that the snapshot does not have as the journal has them are asked. A child never waits for its parent while it answers, so there is no circle.
/// </summary>
internal static class ChildrenLoader
{
    public static async Task LoadAsync(
        LedgerFrame frame, LedgerServices services, AdministrativeStructure structure, TreeNode node, SnapshotKeeper snapshot,
        CancellationToken cancellation)
    {
        var view = structure.At(node.Tree, frame.Day);
        var children = view.ChildrenOf(frame.Key.Unit).ToLookup(child => view.IsLeaf(child.Code));
        await ReadLeavesAsync(frame, services, structure, node, children[true], cancellation);
        IReadOnlyList<Unit> ask = [.. children[false]];
        if (ask.Count > 0)
        {
            ask = await snapshot.FillAsync(ask, view, cancellation);
        }

        await PullAsync(frame, services, node, ask);
    }

    private static async Task ReadLeavesAsync(
        LedgerFrame frame, LedgerServices services, AdministrativeStructure structure, TreeNode node, IEnumerable<Unit> children,
        CancellationToken cancellation)
    {
        var leaves = children.ToDictionary(child => child.Code, StringComparer.Ordinal);
        if (leaves.Count == 0)
        {
            return;
        }

        var rows = await services.Journal.ReadLatestAsync(
            frame.Key.Tenant, frame.Key.Form, frame.Key.Period, leaves.Keys, cancellation);
        foreach (var row in rows)
        {
            node.Receive(FromRow(frame, node.Tree, structure.Version, row), BelongsToLevel(leaves[row.Unit]));
        }
    }

    private static async Task PullAsync(LedgerFrame frame, LedgerServices services, TreeNode node, IReadOnlyList<Unit> children)
    {
        var pulls = children.Select(child =>
            services.Grains.GetGrain<IRollupGrain>(frame.Key.At(child.Code).ToString()).Pull(node.Tree)).ToList();
        var contributions = await Task.WhenAll(pulls);
        for (var i = 0; i < contributions.Length; i++)
        {
            if (contributions[i].Version.Version > 0)
            {
                node.Receive(contributions[i], BelongsToLevel(children[i]));
            }
        }
    }

    private static bool BelongsToLevel(Unit child) => child.Kind != UnitKind.Government;

    /// <summary>What the leaf itself would push.</summary>
    private static Contribution FromRow(LedgerFrame frame, string tree, long structureVersion, LatestRow row)
    {
        var key = frame.Key.At(row.Unit);
        var counting = OwnFigures.Unpack(row.State);
        var part = counting.ToPart(key, frame.Period, frame.Cells);
        return Contributions.Of(
            row.Unit, tree, new LedgerVersion(0, row.Version), structureVersion, part, counting.Source);
    }
}
