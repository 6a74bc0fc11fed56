using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Tests.Fakes;

internal sealed class FakePlatform : IPlatformGrain
{
    public FakeKeys Keys { get; } = new(Names.PlatformTenant);

    public Task<string?> DraftFirstKey() => Task.FromResult<string?>(null);

    public Task<bool> RecordFirstKey(string text) => Task.FromResult(false);

    public Task<Caller?> Authenticate(string keyId, string secretHash) => Keys.Authenticate(keyId, secretHash);

    public Task<KeyCreated> CreateKey(Caller caller, CreateKeyCommand command) => RotateKey(
        caller, new RotateKeyCommand { KeyId = command.Label, Overlap = TimeSpan.Zero });

    public Task<KeyCreated> RotateKey(Caller caller, RotateKeyCommand command) => Task.FromResult(new KeyCreated(
        new KeyView { KeyId = "0b", Label = command.KeyId, CreatedAt = DateTimeOffset.UnixEpoch }, "text"));

    public Task RevokeKey(Caller caller, string keyId) => Task.CompletedTask;

    public Task<ImmutableArray<KeyView>> ListKeys(Caller caller) => Task.FromResult<ImmutableArray<KeyView>>([]);

    public Task<ImmutableArray<TenantView>> ListTenants(Caller caller) => Task.FromResult<ImmutableArray<TenantView>>([]);

    public Task Register(Caller caller, TenantView tenant) => Task.CompletedTask;
}
