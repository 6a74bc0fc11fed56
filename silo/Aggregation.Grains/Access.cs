using Aggregation.Contracts;
using Aggregation.Domain.Structure;

namespace Aggregation.Grains;

/// <summary>Decides by a caller's rights. A right is a subtree of one tree on the day the question is about.</summary>
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

    /// <summary>Reading a unit's own submissions: by the right to read it, or to submit for it.</summary>
    public static void RequireOwn(Caller caller, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (!Covers(caller.Read, structure, day, unit) && !Covers(caller.Submit, structure, day, unit))
        {
            throw Refuse.Forbidden("read the submissions of", unit);
        }
    }

    /// <summary>Reading a total: the right must be in the same tree, because another tree puts other units under it.</summary>
    public static void RequireTotal(
        Caller caller, AdministrativeStructure structure, DateOnly day, string tree, string unit)
    {
        var wholeTenant = caller.Read is { Tree: Names.Territory, Unit: Subtree.Everything };
        if (!wholeTenant
            && !(string.Equals(caller.Read?.Tree, tree, StringComparison.Ordinal) && Covers(caller.Read, structure, day, unit)))
        {
            throw Refuse.Forbidden($"read the totals in tree '{tree}' of", unit);
        }
    }

    public static bool Covers(Subtree? right, AdministrativeStructure structure, DateOnly day, string unit)
    {
        if (right is null || !structure.HasTree(right.Tree))
        {
            return false;
        }

        var view = structure.At(right.Tree, day);
        return right.Unit == Subtree.Everything ? view.TryFind(unit, out _) : view.IsWithin(unit, right.Unit);
    }
}
