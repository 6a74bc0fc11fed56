using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Reports;

/// <summary>Where a unit stands in one tree in a period.</summary>
/// <param name="StructureVersion">The structure that says so.</param>
/// <param name="View">That structure's tree on the period's last day.</param>
/// <param name="Parent">Code of the unit above; null at a root.</param>
/// <param name="IsLeaf">It has no children there.</param>
internal sealed record Stand(string Tree, long StructureVersion, TreeView View, Unit Unit, string? Parent, bool IsLeaf);

/// <summary>Where a unit stands in every tree of a structure in a period.</summary>
internal static class LedgerShape
{
    public static ImmutableArray<Stand> Of(AdministrativeStructure structure, LedgerFrame frame)
    {
        var stands = ImmutableArray.CreateBuilder<Stand>(structure.Trees.Count);
        foreach (var tree in structure.Trees)
        {
            var view = structure.At(tree, frame.Day);
            if (view.TryFind(frame.Key.Unit, out var unit))
            {
                stands.Add(new Stand(
                    tree, structure.Version, view, unit, view.ParentOf(unit.Code)?.Code, view.IsLeaf(unit.Code)));
            }
        }

        return stands.ToImmutable();
    }

    /// <exception cref="RefusedException">The unit stands in no tree in the period.</exception>
    public static void RequireUnit(AdministrativeStructure structure, LedgerFrame frame)
    {
        if (Of(structure, frame).IsEmpty)
        {
            throw Absent(frame);
        }
    }

    /// <summary>What is said of a unit that stands in no tree in the period.</summary>
    public static RefusedException Absent(LedgerFrame frame) => Refuse.NotFound($"unit in {frame.Key.Period}", frame.Key.Unit);
}
