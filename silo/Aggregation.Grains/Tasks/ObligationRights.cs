using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains.Tasks;

/// <summary>Who may see how units stand, and who may give them more time. Asked before anything is looked up.</summary>
internal static class ObligationRights
{
    /// <summary>
    /// By a right to read, to review or to submit for the whole subtree in the same tree, for another tree puts other units under it;
    /// for a single unit's own standing, by such a right in any tree. An administrator sees everybody, for no figures are shown.
    /// </summary>
    public static void RequireRead(Caller caller, AdministrativeStructure structure, DateOnly day, string tree, string unit)
    {
        var isAlone = (structure.HasTree(tree) && structure.At(tree, day) is var view && view.TryFind(unit, out _) && view.IsLeaf(unit))
            || structure.DepartureOf(tree, unit, day) is not null;
        var isAllowed = caller.IsAdministrator
            || Takes(caller.Read, Access.Covers(caller.Read, structure, day, unit))
            || Takes(caller.Submit, Access.Covers(caller.Submit, structure, day, unit))

            // An office's list of those whom it reviews is the list under itself.
            || Takes(caller.Review, caller.Review?.Unit == unit || Access.Reviews(caller, structure, day, unit));
        if (!isAllowed)
        {
            throw Refuse.Forbidden($"see in tree '{tree}' what is owed by", unit);
        }

        bool Takes(Subtree? right, bool covers) => right is not null
            && (IsWhole(right) || (covers && (isAlone || (right.Tree == tree && !right.UnitOnly))));
    }

    /// <summary>By the right to review the unit, or an administrator's.</summary>
    public static void RequireExtend(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!caller.IsAdministrator && !Access.Reviews(caller, structure, day, unit))
        {
            throw Refuse.Forbidden("extend the deadline of", unit);
        }
    }

    /// <summary>To whom no unit is hidden may be told that there is none.</summary>
    private static bool IsWhole(Subtree right) => right.Tree == Names.Territory && right.Unit == Subtree.Everything;
}
