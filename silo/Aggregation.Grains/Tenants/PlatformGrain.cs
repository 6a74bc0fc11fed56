using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tenants;

/// <summary>Folds and writes the platform's stream: tenants by name, and the platform's own keys.</summary>
internal sealed class PlatformGrain(IJournal journal, TimeProvider clock, TenantTelemetry telemetry) : Grain, IPlatformGrain
{
    private const string Stream = "platform";
    private static readonly CreateKeyCommand FirstKey = new() { Label = "platform" };
    private readonly Dictionary<string, TenantView> _tenants = new(StringComparer.Ordinal);
    private readonly KeyUse _use = new(journal, Names.PlatformTenant);
    private KeyBook _keys = KeyBook.Empty;
    private long _version;
    private ReadOnlyMemory<byte> _head;
    private bool _wasRead;

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        _use.WriteAsync(clock.GetUtcNow());

    public async Task<string?> DraftFirstKey()
    {
        await RefreshAsync();
        return _keys.Keys.IsEmpty ? NewKey.Create(Names.PlatformTenant, FirstKey).Text : null;
    }

    public async Task<bool> RecordFirstKey(string text)
    {
        var key = NewKey.Parse(Names.PlatformTenant, FirstKey, text)
            ?? throw Refuse.Invalid("text", "", "agk_platform_KEYID_SECRET", "不是平台密钥", "is no text of a platform key");
        await RefreshAsync();
        if (_keys.Keys.IsEmpty)
        {
            await DecideAsync(EntryKinds.KeyCreated, key.Entry, "host", origin: 0);
        }

        return _keys.Open(key.Entry.KeyId, key.Entry.SecretHash, clock.GetUtcNow()) is not null;
    }

    public async Task<Caller?> Authenticate(string keyId, string secretHash)
    {
        await ReadOnceAsync();
        var now = clock.GetUtcNow();
        if (_keys.Open(keyId, secretHash, now) is not { } key)
        {
            return null;
        }

        await _use.UsedAsync(keyId, now);
        return new Caller { Tenant = Names.PlatformTenant, KeyId = keyId, IsPlatform = true, User = key.User };
    }

    public async Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command)
    {
        Access.RequirePlatform(caller);
        await RefreshAsync();
        KeyRules.RequireKey(command, clock.GetUtcNow());
        if (command is not { Submit: null, Read: null, Review: null, IsAdministrator: false })
        {
            throw Refuse.Invalid("rights", "", "none", "平台密钥不带租户内的权限", "a platform key carries no right inside a tenant");
        }

        var key = NewKey.Create(Names.PlatformTenant, command);
        await DecideAsync(EntryKinds.KeyCreated, key.Entry, caller);
        return key.Created(_keys);
    }

    public async Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command)
    {
        Access.RequirePlatform(caller);
        await RefreshAsync();
        var (key, entry) = KeyRules.Rotate(Names.PlatformTenant, _keys, command, clock.GetUtcNow(), static _ => true);
        await DecideAsync(EntryKinds.KeyRotated, entry, caller);
        return key.Created(_keys);
    }

    public async Task RevokeKey(Caller caller, string keyId)
    {
        Access.RequirePlatform(caller);
        await RefreshAsync();
        if (_keys.Find(keyId).View.RevokedAt is null)
        {
            KeyRules.RequireLasting(_keys, clock.GetUtcNow(), static _ => true, view => view.KeyId == keyId);
            await DecideAsync(EntryKinds.KeyRevoked, new KeyRevokedEntry { KeyId = keyId }, caller);
        }
    }

    public async Task<ImmutableArray<KeyView>> ListKeys(Caller caller)
    {
        Access.RequirePlatform(caller);
        await ReadOnceAsync();
        return _keys.List(await _use.ReadAsync());
    }

    public async Task<ImmutableArray<TenantView>> ListTenants(Caller caller)
    {
        Access.RequirePlatform(caller);
        await ReadOnceAsync();
        return [.. _tenants.Values.OrderBy(tenant => tenant.Tenant, StringComparer.Ordinal)];
    }

    public async Task Register(Caller caller, TenantView tenant)
    {
        Access.RequirePlatform(caller);
        await RefreshAsync();
        if (_tenants.ContainsKey(tenant.Tenant))
        {
            return;
        }

        await DecideAsync(EntryKinds.TenantRegistered, new TenantRegisteredEntry
        {
            Tenant = tenant.Tenant,
            Name = tenant.Name,
            CreatedAtUnixMs = tenant.CreatedAt.ToUnixTimeMilliseconds(),
        }, caller);
    }

    private Task DecideAsync(string kind, IMessage payload, Caller caller) => DecideAsync(kind, payload, caller.KeyId, caller.Origin);

    private async Task DecideAsync(string kind, IMessage payload, string actor, long origin) => Apply(await journal.AppendAsync(
        Names.PlatformTenant, Stream, _version, _head, kind, payload, actor, clock.GetUtcNow(), origin));

    /// <summary>Not while activating: a failure there would reach the caller as a fault of the runtime.</summary>
    private Task ReadOnceAsync() => _wasRead ? Task.CompletedTask : RefreshAsync();

    private async Task RefreshAsync()
    {
        var entries = await journal.ReadStreamAsync(Names.PlatformTenant, Stream, _version, CancellationToken.None);
        foreach (var entry in entries)
        {
            Apply(entry);
        }

        _wasRead = true;
    }

    private void Apply(StoredEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKinds.TenantRegistered:
                var tenant = TenantRegisteredEntry.Parser.ParseFrom(entry.Payload.Span);
                _tenants[tenant.Tenant] = new TenantView(
                    tenant.Tenant, tenant.Name, DateTimeOffset.FromUnixTimeMilliseconds(tenant.CreatedAtUnixMs));
                break;
            default:
                _keys = _keys.Apply(entry) ?? throw new InvalidDataException(
                    $"Journal entry {entry.Version} of the platform is of kind '{entry.Kind}', which this program does not know.");
                telemetry.Platform = _keys;
                break;
        }

        _version = entry.Version;
        _head = entry.Hash;
    }
}
