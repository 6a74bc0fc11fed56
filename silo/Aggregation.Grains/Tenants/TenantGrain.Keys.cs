using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;

namespace Aggregation.Grains.Tenants;

/// <content>Keys, and the users whose they are.</content>
internal sealed partial class TenantGrain
{
    private KeyUse? _use;

    private KeyUse Use => _use ??= new KeyUse(journal, Tenant);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _use?.WriteAsync(clock.GetUtcNow()) ?? Task.CompletedTask;

    public async Task<Caller?> Authenticate(string keyId, string secretHash)
    {
        var state = await catalog.GetAsync(Tenant);
        var now = clock.GetUtcNow();
        if (state.Keys.Open(keyId, secretHash, now) is not { } key)
        {
            return null;
        }

        await Use.UsedAsync(keyId, now);
        return new Caller
        {
            Tenant = Tenant,
            KeyId = keyId,
            Submit = key.Submit,
            Read = key.Read,
            Review = key.Review,
            IsAdministrator = key.IsAdministrator,
            User = key.User,
        };
    }

    public async Task<Caller?> Admit(TokenUser user)
    {
        var state = await catalog.GetAsync(Tenant);
        if (!state.Exists || state.Keys.Disabled.ContainsKey(user.User))
        {
            return null;
        }

        var id = Names.ActorOf(user.User);
        await Use.UsedAsync(id, clock.GetUtcNow());
        return new Caller
        {
            Tenant = Tenant,
            KeyId = id,
            Submit = user.Submit,
            Read = user.Read,
            Review = user.Review,
            IsAdministrator = user.IsAdministrator,
            User = user.User,
        };
    }

    public async Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command)
    {
        var state = await AdministerAsync(caller);
        var now = clock.GetUtcNow();
        KeyRules.RequireKey(command, now);
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        TenantRules.RequireSubtree("submit", command.Submit, state.Structure, today);
        TenantRules.RequireSubtree("read", command.Read, state.Structure, today);
        TenantRules.RequireSubtree("review", command.Review, state.Structure, today);
        if (command is { Submit: null, Read: null, Review: null, IsAdministrator: false })
        {
            throw Refuse.Invalid("rights", "", "submit, read, review or administrator",
                "密钥至少应有一项权限", "a key carries at least one right");
        }

        var key = NewKey.Create(Tenant, command);
        return key.Created((await DecideAsync(state, EntryKinds.KeyCreated, key.Entry, caller)).Keys);
    }

    public async Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command)
    {
        var state = await AdministerAsync(caller);
        var (key, entry) = KeyRules.Rotate(Tenant, state.Keys, command, clock.GetUtcNow(), static view => view.IsAdministrator);
        return key.Created((await DecideAsync(state, EntryKinds.KeyRotated, entry, caller)).Keys);
    }

    public async Task RevokeKey(Caller caller, string keyId)
    {
        var state = await AdministerAsync(caller);
        var key = state.Keys.Find(keyId);
        if (key.View.RevokedAt is null)
        {
            KeyRules.RequireLasting(state.Keys, clock.GetUtcNow(), static view => view.IsAdministrator, view => view.KeyId == keyId);
            await DecideAsync(state, EntryKinds.KeyRevoked, new KeyRevokedEntry { KeyId = keyId }, caller);
        }
    }

    public async Task<ImmutableArray<KeyView>> ListKeys(Caller caller)
    {
        Access.RequireAdministrator(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        await Use.ReadAsync();
        return state.Keys.List(Use);
    }

    public async Task<ImmutableArray<UserView>> ListUsers(Caller caller)
    {
        Access.RequireAdministrator(caller, Tenant);
        var state = await catalog.GetAsync(Tenant);
        await Use.ReadAsync();
        return UserListing.Of(state.Keys, Use, clock.GetUtcNow());
    }

    public async Task SetUser(Caller caller, string user, bool isEnabled)
    {
        var state = await AdministerAsync(caller);
        KeyRules.RequireUser(user);
        if (state.Keys.Disabled.ContainsKey(user) == !isEnabled)
        {
            return;
        }

        if (!isEnabled)
        {
            KeyRules.RequireLasting(state.Keys, clock.GetUtcNow(), static view => view.IsAdministrator, view => view.User == user);
        }

        var kind = isEnabled ? EntryKinds.UserEnabled : EntryKinds.UserDisabled;
        await DecideAsync(state, kind, new UserEntry { User = user }, caller);
    }
}
