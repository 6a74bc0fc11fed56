using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Obligations;

/// <summary>Who may see how units stand, and who may give them more time. Asked before anything is looked up.</summary>
internal static class ObligationRights
{
    /// <summary>
    /// By a right to read or to submit for the subtree in the same tree, for another tree puts other units under it; for a single
    /// unit's own standing, by such a right in any tree. An administrator sees everybody, for no figures are shown.
    /// </summary>
    public static void RequireRead(Caller caller, AdministrativeStructure structure, DateOnly day, string tree, string unit)
    {
        var isAllowed = caller.IsAdministrator
            || ReadsUnder(caller.Read, structure, day, tree, unit)
            || ReadsUnder(caller.Submit, structure, day, tree, unit);
        if (!isAllowed)
        {
            throw Refuse.Forbidden($"see in tree '{tree}' what is owed by", unit);
        }
    }

    /// <summary>By a right to submit for a unit above, or an administrator's.</summary>
    public static void RequireExtend(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!caller.IsAdministrator && !IsBelow(caller.Submit, structure, day, unit))
        {
            throw Refuse.Forbidden("extend the deadline of", unit);
        }
    }

    private static bool ReadsUnder(Subtree? right, AdministrativeStructure structure, DateOnly day, string tree, string unit)
    {
        if (right is null)
        {
            return false;
        }

        var isAlone = structure.HasTree(tree) && structure.At(tree, day) is var view && view.TryFind(unit, out _) && view.IsLeaf(unit);
        return IsWhole(right) || ((right.Tree == tree || isAlone) && Access.Covers(right, structure, day, unit));
    }

    private static bool IsBelow(Subtree? right, AdministrativeStructure structure, DateOnly day, string unit) =>
        right is not null && (IsWhole(right) || (right.Unit != unit && Access.Covers(right, structure, day, unit)));

    /// <summary>To whom no unit is hidden may be told that there is none.</summary>
    private static bool IsWhole(Subtree right) => right.Tree == Names.Territory && right.Unit == Subtree.Everything;
}
