using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;
using Aggregation.Grains.Entries;
using Aggregation.Storage.Journal;
using Google.Protobuf;

namespace Aggregation.Grains.Tenants;

/// <summary>Folds and writes the platform's stream: tenants by name, and the platform's own keys.</summary>
internal sealed class PlatformGrain(IJournal journal, TimeProvider clock) : Grain, IPlatformGrain
{
    private const string Stream = "platform";
    private readonly Dictionary<string, TenantView> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, KeyRecord> _keys = new(StringComparer.Ordinal);
    private long _version;
    private ReadOnlyMemory<byte> _head;
    private bool _wasRead;

    public async Task<string?> CreateFirstKey()
    {
        await RefreshAsync();
        if (_keys.Count > 0)
        {
            return null;
        }

        var key = NewKey.Create(Names.PlatformTenant, new CreateKeyCommand { Label = "platform" });
        await DecideAsync(EntryKinds.KeyCreated, key.Entry, "host");
        return key.Text;
    }

    public async Task<Caller?> Authenticate(string keyId, string secretHash)
    {
        await ReadOnceAsync();
        return _keys.TryGetValue(keyId, out var key) && key.Opens(secretHash)
            ? new Caller { Tenant = Names.PlatformTenant, KeyId = keyId, IsPlatform = true }
            : null;
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
        }, caller.KeyId);
    }

    private async Task DecideAsync(string kind, IMessage payload, string actor) => Apply(await journal.AppendAsync(
        Names.PlatformTenant, Stream, _version, _head, kind, payload, actor, clock.GetUtcNow()));

    /// <summary>Not while activating: a failure there would reach the caller as a fault of the runtime.</summary>
    private Task ReadOnceAsync() => _wasRead ? Task.CompletedTask : RefreshAsync();

    private async Task RefreshAsync()
    {
        try
        {
            var entries = await journal.ReadStreamAsync(Names.PlatformTenant, Stream, _version, CancellationToken.None);
            foreach (var entry in entries)
            {
                Apply(entry);
            }

            _wasRead = true;
        }
        catch (JournalUnavailableException exception)
        {
            throw Refuse.Unavailable(exception.Message);
        }
    }

    private void Apply(StoredEntry entry)
    {
        switch (entry.Kind)
        {
            case EntryKinds.KeyCreated:
                var key = KeyRecord.Read(KeyCreatedEntry.Parser.ParseFrom(entry.Payload.Span), entry.At);
                _keys[key.View.KeyId] = key;
                break;
            case EntryKinds.TenantRegistered:
                var tenant = TenantRegisteredEntry.Parser.ParseFrom(entry.Payload.Span);
                _tenants[tenant.Tenant] = new TenantView(
                    tenant.Tenant, tenant.Name, DateTimeOffset.FromUnixTimeMilliseconds(tenant.CreatedAtUnixMs));
                break;
            default:
                throw new InvalidDataException(
                    $"Journal entry {entry.Version} of the platform is of kind '{entry.Kind}', which this program does not know.");
        }

        _version = entry.Version;
        _head = entry.Hash;
    }
}
