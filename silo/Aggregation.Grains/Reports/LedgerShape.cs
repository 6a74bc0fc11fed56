using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Reports;

/// <summary>Where a unit positions in one tree in a period.</summary>
/// <param name="StructureVersion">The structure that says so.</param>
/// <param name="View">That structure's tree on the period's last day.</param>
/// <param name="Parent">Code of the unit above; null at a root.</param>
/// <param name="IsLeaf">It has no children there.</param>
internal sealed record TreePosition(string Tree, long StructureVersion, TreeView View, Unit Unit, string? Parent, bool IsLeaf);

/// <summary>Where a unit positions in every tree of a structure in a period.</summary>
internal static class LedgerShape
{
    public static ImmutableArray<TreePosition> Of(AdministrativeStructure structure, LedgerFrame frame)
    {
        var positions = ImmutableArray.CreateBuilder<TreePosition>(structure.Trees.Count);
        foreach (var tree in structure.Trees)
        {
            var view = structure.At(tree, frame.Day);
            if (view.TryFind(frame.Key.Unit, out var unit))
            {
                positions.Add(new TreePosition(
                    tree, structure.Version, view, unit, view.ParentOf(unit.Code)?.Code, view.IsLeaf(unit.Code)));
            }
        }

        return positions.ToImmutable();
    }

    /// <exception cref="RefusedException">The unit positions in no tree in the period.</exception>
    public static void RequireUnit(AdministrativeStructure structure, LedgerFrame frame)
    {
        if (Of(structure, frame).IsEmpty)
        {
            throw Absent(frame);
        }
    }

    /// <summary>What is said of a unit that positions in no tree in the period.</summary>
    public static RefusedException Absent(LedgerFrame frame) => Refuse.NotFound($"unit in {frame.Key.Period}", frame.Key.Unit);
}
