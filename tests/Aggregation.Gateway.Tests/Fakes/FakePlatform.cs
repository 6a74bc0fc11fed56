using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Tests.Fakes;

internal sealed class FakePlatform : IPlatformGrain
{
    public FakeKeys Keys { get; } = new(Names.PlatformTenant);

    public Task<string?> CreateFirstKey() => Task.FromResult<string?>(null);

    public Task<Caller?> Authenticate(string keyId, string secretHash) => Keys.Authenticate(keyId, secretHash);

    public Task<ImmutableArray<TenantView>> ListTenants(Caller caller) => Task.FromResult<ImmutableArray<TenantView>>([]);

    public Task Register(Caller caller, TenantView tenant) => Task.CompletedTask;
}
