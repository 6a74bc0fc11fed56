namespace Aggregation.Gateway.Authorization;

/// <summary>
/// Who may call an RPC at all: whoever holds one of these roles, for some unit. Every RPC declares it on its method; one that
/// does not keeps the host from starting.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresAttribute(Roles roles) : Attribute
{
    public Roles Roles { get; } = roles;
}
