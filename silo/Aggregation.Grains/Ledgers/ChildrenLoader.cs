using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Ledgers;

/// <summary>
/// Completes a waking aggregate: children without children of their own are read from the journal in one query, waking
/// none; the others are asked. A child never waits for its parent while it answers, so there is no circle.
/// </summary>
internal static class ChildrenLoader
{
    public static async Task LoadAsync(
        LedgerFrame frame, LedgerServices services, AdministrativeStructure structure, TreeNode node, CancellationToken cancellation)
    {
        var view = structure.At(node.Tree, frame.Day);
        var leaves = new Dictionary<string, Unit>(StringComparer.Ordinal);
        var pulls = new List<(Unit Child, Task<Contribution> Contribution)>();
        foreach (var child in view.ChildrenOf(frame.Key.Unit))
        {
            if (view.IsLeaf(child.Code))
            {
                leaves.Add(child.Code, child);
            }
            else
            {
                var ledger = services.Grains.GetGrain<IRollupGrain>(frame.Key.At(child.Code).ToString());
                pulls.Add((child, ledger.Pull(node.Tree)));
            }
        }

        if (leaves.Count > 0)
        {
            var rows = await services.Journal.ReadLatestAsync(
                frame.Key.Tenant, frame.Key.Form, frame.Key.Period, leaves.Keys, cancellation);
            foreach (var row in rows)
            {
                node.Receive(FromRow(frame, node.Tree, structure.Version, row), BelongsToLevel(leaves[row.Unit]));
            }
        }

        await Task.WhenAll(pulls.Select(pull => pull.Contribution));
        foreach (var (child, pull) in pulls)
        {
            var contribution = await pull;
            if (contribution.Version.Version > 0)
            {
                node.Receive(contribution, BelongsToLevel(child));
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
