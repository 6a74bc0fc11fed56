using Aggregation.Contracts;

namespace Aggregation.Gateway.Authorization;

/// <summary>What a credential may carry. Which units a role is for, the grains know and decide.</summary>
[Flags]
internal enum Roles
{
    /// <summary>Nothing: the call needs no credential.</summary>
    None = 0,

    Submitter = 1,

    Viewer = 2,

    Reviewer = 4,

    Administrator = 8,

    /// <summary>Platform operator, who is in no tenant.</summary>
    Platform = 16,

    /// <summary>Whoever has a right in the tenant.</summary>
    Member = Submitter | Viewer | Reviewer | Administrator,
}

internal static class CallerRoles
{
    public static Roles Roles(this Caller caller) => caller.IsPlatform
        ? Authorization.Roles.Platform
        : (caller.Submit is null ? 0 : Authorization.Roles.Submitter)
            | (caller.Read is null ? 0 : Authorization.Roles.Viewer)
            | (caller.Review is null ? 0 : Authorization.Roles.Reviewer)
            | (caller.IsAdministrator ? Authorization.Roles.Administrator : 0);
}
