using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Reports;
using Aggregation.Grains.Snapshots;

namespace Aggregation.Grains.Audit;

/// <summary>What the ledgers of a tree say, asked from the top down.</summary>
internal sealed class AuditedBranches(LedgerFrame frame, IGrainFactory grains, string tree, TreeView view)
{
    public string Tree => tree;

    public TreeView View => view;

    public IRollupGrain Ledger(string unit) => grains.GetGrain<IRollupGrain>(frame.Key.At(unit).ToString());

    /// <summary>What each unit holds that differs; a unit under one that does not differ is not asked.</summary>
    public async Task<Dictionary<string, BranchDigest>> DifferingAsync(BranchDigests expected, IEnumerable<Unit> from)
    {
        var differing = new Dictionary<string, BranchDigest>(StringComparer.Ordinal);
        var level = from.ToList();
        while (level.Count > 0)
        {
            var held = await Task.WhenAll(level.Select(unit => Ledger(unit.Code).Pull(tree)));
            var next = new List<Unit>();
            for (var i = 0; i < held.Length; i++)
            {
                if (!expected.Of(level[i].Code).Equals(held[i]))
                {
                    differing.Add(level[i].Code, BranchDigest.Of(held[i]));
                    next.AddRange(view.ChildrenOf(level[i].Code).Where(child => MayHold(child.Code, expected)));
                }
            }

            level = next;
        }

        return differing;
    }

    /// <summary>Completes when what the differing units and their children have written until now is included up to the roots.</summary>
    /// <param name="filed">What the journal has: a unit that never filed has nothing to push and is left asleep.</param>
    /// <exception cref="RefusedException">A ledger cannot say now.</exception>
    public Task SettleAsync(
        IEnumerable<string> differing, BranchDigests filed, CancellationToken cancellation) =>
        Task.WhenAll(differing
            .SelectMany(unit => view.ChildrenOf(unit).Select(child => child.Code).Append(unit))
            .Distinct(StringComparer.Ordinal)
            .Where(unit => MayHold(unit, filed))
            .Select(unit => SettleAsync(unit, cancellation)));

    private async Task SettleAsync(string unit, CancellationToken cancellation)
    {
        var root = unit;
        while (view.ParentOf(root) is { } parent)
        {
            root = parent.Code;
        }

        var ledger = Ledger(unit);
        await ledger.Written();
        var held = await ledger.Pull(tree);
        if (held.Version.Version > 0)
        {
            await ledger.AwaitIncluded(tree, held.Version, root, cancellation);
        }
    }

    private bool MayHold(string unit, BranchDigests filed) => !view.IsLeaf(unit) || filed.HasFiled(unit);
}
