using Aggregation.Contracts.Tenants;
using Aggregation.Gateway.Authentication;
using Aggregation.Gateway.Authorization;
using Aggregation.Gateway.Mapping;
using Grpc.Core;

namespace Aggregation.Gateway.Admin;

/// <content>Keys: a tenant's by its administrator, the platform's by its own. Users of a tenant.</content>
internal sealed partial class AdminService
{
    private IPlatformGrain Platform => grains.GetGrain<IPlatformGrain>(TenantKeys.Platform);

    [Requires(Roles.Administrator | Roles.Platform)]
    public override async Task<V1.CreateKeyResponse> CreateKey(V1.CreateKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var command = KeyMapping.Create(request);
        var created = await (caller.IsPlatform ? Platform.CreateKey(caller, command) : Tenant(caller).CreateKey(caller, command));
        return new V1.CreateKeyResponse { Key = KeyMapping.Key(created.Key), Text = created.Text };
    }

    [Requires(Roles.Administrator | Roles.Platform)]
    public override async Task<V1.RotateKeyResponse> RotateKey(V1.RotateKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var command = KeyMapping.Rotate(request);
        var created = await (caller.IsPlatform ? Platform.RotateKey(caller, command) : Tenant(caller).RotateKey(caller, command));
        return new V1.RotateKeyResponse { Key = KeyMapping.Key(created.Key), Text = created.Text };
    }

    [Requires(Roles.Administrator | Roles.Platform)]
    public override async Task<V1.ListKeysResponse> ListKeys(V1.ListKeysRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var keys = await (caller.IsPlatform ? Platform.ListKeys(caller) : Tenant(caller).ListKeys(caller));
        return new V1.ListKeysResponse { Keys = { keys.Select(KeyMapping.Key) } };
    }

    [Requires(Roles.Administrator | Roles.Platform)]
    public override async Task<V1.RevokeKeyResponse> RevokeKey(V1.RevokeKeyRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        await (caller.IsPlatform ? Platform.RevokeKey(caller, request.KeyId) : Tenant(caller).RevokeKey(caller, request.KeyId));
        return new V1.RevokeKeyResponse();
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.ListUsersResponse> ListUsers(V1.ListUsersRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var reply = new V1.ListUsersResponse { Users = { (await Tenant(caller).ListUsers(caller)).Select(KeyMapping.User) } };
        await names.AddAsync(caller, reply.Users);
        return reply;
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.DisableUserResponse> DisableUser(V1.DisableUserRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        await Tenant(caller).SetUser(caller, request.User, isEnabled: false);
        return new V1.DisableUserResponse();
    }

    [Requires(Roles.Administrator)]
    public override async Task<V1.EnableUserResponse> EnableUser(V1.EnableUserRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        await Tenant(caller).SetUser(caller, request.User, isEnabled: true);
        return new V1.EnableUserResponse();
    }
}
