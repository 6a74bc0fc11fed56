using System.Collections.Immutable;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Rollups;
using Aggregation.Domain.Structure;
using Aggregation.Domain.Structure.Changes;
using Aggregation.Grains.Reports;
using Aggregation.Storage.Journal;

namespace Aggregation.Grains.Tenants;

/// <summary>Shows what a list of changes does, in every tree that it changes.</summary>
internal static class RestructurePlanner
{
    /// <param name="frame">The form and period whose totals are wanted; null: none.</param>
    /// <exception cref="JournalUnavailableException">The journal cannot answer.</exception>
    public static async Task<RestructurePlan> PlanAsync(
        TenantState state, RestructureResult result, LedgerFrame? frame, Layer layer, IJournal journal)
    {
        var before = state.Structure;
        var obliged = frame is null ? null : state.Tasks.Find(frame.Key.Form, frame.Key.Period)?.Units;
        var day = frame?.Day ?? result.Until;
        var units = ImmutableArray.CreateBuilder<PlannedUnit>();
        var branches = ImmutableArray.CreateBuilder<PlannedBranch>();
        foreach (var tree in before.Trees)
        {
            var (was, now) = (before.At(tree, day), result.Structure!.At(tree, day));
            var difference = StructureDifference.Between(was, now);
            units.AddRange(difference.Units.Select(unit => new PlannedUnit(tree, unit.Code, View(unit.Before), View(unit.After))));
            var figures = frame is null ? null : await BranchFigures.ReadAsync(
                frame, layer, [.. difference.Branches.SelectMany(branch => Members(was, branch.Code).Union(Members(now, branch.Code)))], journal);
            branches.AddRange(difference.Branches.Select(branch => new PlannedBranch
            {
                Tree = tree,
                Unit = branch.Code,
                UnitName = now.TryFind(branch.Code, out var unit) || was.TryFind(branch.Code, out unit) ? unit.Name : "",
                Gained = branch.Gained,
                Lost = branch.Lost,
                Before = figures?.Total(Members(was, branch.Code), obliged),
                After = figures?.Total(Members(now, branch.Code), obliged),
            }));
        }

        return new RestructurePlan
        {
            StructureVersion = before.Version,
            From = result.From,
            On = day,
            Units = units.ToImmutable(),
            Branches = branches.ToImmutable(),
            Losses = await RestructureLosses.FindAsync(state.Tenant, before, result, journal),
        };
    }

    private static HashSet<string> Members(TreeView view, string top) => view.TryFind(top, out _)
        ? view.PreOrder(top).Select(unit => unit.Code).ToHashSet(StringComparer.Ordinal)
        : [];

    private static UnitView? View(Unit? unit) => unit is null ? null : UnitListing.View(unit);
}
