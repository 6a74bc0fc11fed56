using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Reports;

/// <summary>Where a unit stands in one tree in a period.</summary>
/// <param name="StructureVersion">The structure that says so.</param>
/// <param name="View">That structure's tree on the period's last day.</param>
/// <param name="Parent">Code of the unit above; null at a root.</param>
/// <param name="IsLeaf">It has no children there.</param>
internal sealed record TreePosition(string Tree, long StructureVersion, TreeView View, Unit Unit, string? Parent, bool IsLeaf);

/// <summary>Where a unit stands in every tree of a structure in a period.</summary>
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

    /// <exception cref="RefusedException">The unit stands in no tree in the period.</exception>
    public static void RequireUnit(AdministrativeStructure structure, LedgerFrame frame)
    {
        if (!structure.Stands(frame.Key.Unit, frame.Day))
        {
            throw structure.DepartureOf(frame.Key.Unit, frame.Day) is { } left
                ? Refuse.Left(RefusalKind.FailedPrecondition, left)
                : Absent(frame);
        }
    }

    /// <summary>For reading what was filed: a unit that has left its trees is known all the same.</summary>
    /// <exception cref="RefusedException">The unit stands in no tree in the period, and in none that it has left.</exception>
    public static void RequireKnown(AdministrativeStructure structure, LedgerFrame frame)
    {
        if (!structure.Stands(frame.Key.Unit, frame.Day) && structure.DepartureOf(frame.Key.Unit, frame.Day) is null)
        {
            throw Absent(frame);
        }
    }

    /// <summary>What is said of a unit that stands in no tree in the period, nor ever did.</summary>
    public static RefusedException Absent(LedgerFrame frame) => Refuse.NotFound($"unit in {frame.Key.Period}", frame.Key.Unit);

    /// <summary>What is said of a total of a unit that a tree does not have in the period.</summary>
    public static RefusedException Absent(AdministrativeStructure structure, LedgerFrame frame, string tree) =>
        structure.DepartureOf(tree, frame.Key.Unit, frame.Day) is { } left
            ? Refuse.Left(RefusalKind.NotFound, left)
            : Refuse.NotFound($"unit in tree '{tree}' in {frame.Key.Period}", frame.Key.Unit);
}
