using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains;

/// <summary>
/// Decides by a caller's rights. A right is a subtree of one tree on the day the question is about. Asked before anything
/// else is looked up: a unit that is not there is refused as one that is not the caller's, so that nobody learns which.
/// Only who holds the whole territory, to whom no unit is hidden, passes for a unit that is nowhere, and is told so later.
/// A unit that has left stands, for rights, where it stood last.
/// </summary>
internal static class Access
{
    /// <summary>
    /// The tenant is part of every key and comes from the credential, so a mismatch is a fault of the gateway, answered
    /// as if the thing did not exist.
    /// </summary>
    public static void RequireTenant(Caller caller, string tenant)
    {
        if (!string.Equals(caller.Tenant, tenant, StringComparison.Ordinal) || caller.IsPlatform)
        {
            throw Refuse.NotFound("tenant", tenant);
        }
    }

    public static void RequireAdministrator(Caller caller, string tenant)
    {
        RequireTenant(caller, tenant);
        if (!caller.IsAdministrator)
        {
            throw new RefusedException(RefusalKind.Forbidden, "This key is not an administrator's.");
        }
    }

    public static void RequirePlatform(Caller caller)
    {
        if (!caller.IsPlatform)
        {
            throw new RefusedException(RefusalKind.Forbidden, "This key is not the platform's.");
        }
    }

    public static void RequireSubmit(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Covers(caller.Submit, structure, day, unit))
        {
            throw Refuse.Forbidden("submit for", unit);
        }
    }

    /// <summary>
    /// Reviewing what a unit filed: by the right to review the units below its parent, or below one further up. Being the
    /// tenant's administrator, or submitting for the unit, is no such right.
    /// </summary>
    public static void RequireReview(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Reviews(caller, structure, day, unit))
        {
            throw Refuse.Forbidden("review", unit);
        }
    }

    /// <summary>Reviewing what the units below one filed.</summary>
    public static void RequireReviewBelow(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Covers(caller.Review, structure, day, unit))
        {
            throw Refuse.Forbidden("review what is below", unit);
        }
    }

    /// <summary>Seeing where the reports below a unit stand: by the right to review them, to read the unit, or to submit for it.</summary>
    public static void RequireBelow(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Covers(caller.Review, structure, day, unit)
            && !Covers(caller.Read, structure, day, unit)
            && !Covers(caller.Submit, structure, day, unit))
        {
            throw Refuse.Forbidden("see the reports below", unit);
        }
    }

    /// <summary>Reading a unit's own submissions: by the right to read it, to review it, or to submit for it.</summary>
    public static void RequireOwn(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Covers(caller.Read, structure, day, unit)
            && !Covers(caller.Submit, structure, day, unit)
            && !Reviews(caller, structure, day, unit))
        {
            throw Refuse.Forbidden("read the submissions of", unit);
        }
    }

    /// <summary>Reading a total: the right must be in the same tree, because another tree puts other units under it.</summary>
    public static void RequireTotal(
        Caller caller, AdministrativeStructure structure, DateOnly day, string tree, string unit)
    {
        if (!ReadsTotal(caller, structure, day, tree, unit))
        {
            throw Refuse.Forbidden($"read the totals in tree '{tree}' of", unit);
        }
    }

    public static bool ReadsTotal(Caller caller, AdministrativeStructure structure, DateOnly day, string tree, string unit) =>
        caller.Read is { Tree: Names.Territory, Unit: Subtree.Everything }
        || (string.Equals(caller.Read?.Tree, tree, StringComparison.Ordinal) && Covers(caller.Read, structure, day, unit))
        || (string.Equals(caller.Review?.Tree, tree, StringComparison.Ordinal) && Reviews(caller, structure, day, unit));

    public static bool Covers(Subtree? right, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (right is null || !structure.HasTree(right.Tree))
        {
            return HidesNothing(right, structure, day, unit);
        }

        var view = structure.At(right.Tree, day);
        return (right.Unit, view.TryFind(unit, out _)) switch
        {
            (Subtree.Everything, false) => HasLeftAll(right, structure, day, unit),
            (Subtree.Everything, true) => true,
            (_, true) => right.Unit == unit || (!right.UnitOnly && view.IsWithin(unit, right.Unit)),
            _ when right.Unit == unit => structure.DepartureOf(right.Tree, unit, day) is not null,
            _ => !right.UnitOnly && LastAbove(right, structure, day, unit).Contains(right.Unit),
        };
    }

    /// <summary>Whether the caller is the reviewer of the unit's parent or of a unit further up. Nobody reviews itself.</summary>
    public static bool Reviews(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (caller.Review is not { } right || !structure.HasTree(right.Tree))
        {
            return HidesNothing(caller.Review, structure, day, unit);
        }

        var view = structure.At(right.Tree, day);
        return (right.Unit, view.TryFind(unit, out _)) switch
        {
            (Subtree.Everything, false) => HasLeftAll(right, structure, day, unit),
            (Subtree.Everything, true) => true,
            (_, true) => right.UnitOnly ? view.ParentOf(unit)?.Code == right.Unit : unit != right.Unit && view.IsWithin(unit, right.Unit),
            _ when right.UnitOnly => LastAbove(right, structure, day, unit).FirstOrDefault() == right.Unit,
            _ => LastAbove(right, structure, day, unit).Contains(right.Unit),
        };
    }

    /// <summary>
    /// The units above one that has left the tree, as it stood last: what it filed stays to be read by the same people. While it stands in another
    /// tree there are none, and that tree decides, as it does for a unit that was moved.
    /// </summary>
    private static ImmutableArray<string> LastAbove(Subtree right, AdministrativeStructure structure, DateOnly day, string unit) =>
        structure.Stands(unit, day) ? [] : structure.DepartureOf(right.Tree, unit, day)?.Above ?? [];

    /// <summary>Whether a right to a whole tree takes in a unit that the tree does not have: one that has left, or that is nowhere.</summary>
    private static bool HasLeftAll(Subtree right, AdministrativeStructure structure, DateOnly day, string unit) =>
        HidesNothing(right, structure, day, unit)
        || ((right.Tree == Names.Territory || !structure.Stands(unit, day)) && structure.DepartureOf(right.Tree, unit, day) is not null);

    /// <summary>Whether the unit stands in no tree, and the right is to the whole territory.</summary>
    private static bool HidesNothing(Subtree? right, AdministrativeStructure structure, DateOnly day, string unit) =>
        right is { Tree: Names.Territory, Unit: Subtree.Everything }
        && !structure.Stands(unit, day);
}
