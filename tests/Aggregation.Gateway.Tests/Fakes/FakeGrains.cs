using System.Collections.Concurrent;
using System.Reflection;
using Aggregation.Contracts;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Grains that do what a test tells them, in the test's own process and order.</summary>
internal sealed class FakeGrains
{
    private readonly ConcurrentDictionary<string, FakeLedger> ledgers = new();
    private readonly ConcurrentDictionary<string, FakeTenant> tenants = new();

    private readonly ConcurrentDictionary<string, FakePersons> persons = new();

    public FakeGrains()
    {
        Factory = DispatchProxy.Create<IGrainFactory, GrainFactoryProxy>();
        ((GrainFactoryProxy)(object)Factory).Grains = this;
    }

    public IGrainFactory Factory { get; }

    public FakePlatform Platform { get; } = new();

    public FakeTasks Tasks { get; } = new();

    public ConcurrentBag<object> DeletedReferences { get; } = [];

    /// <summary>Every ledger that was asked for by now.</summary>
    public ICollection<string> LedgerKeys => ledgers.Keys;

    public FakeLedger Ledger(string key) => ledgers.GetOrAdd(key, static key => new FakeLedger(LedgerKey.Parse(key)));

    public FakeTenant Tenant(string key) => tenants.GetOrAdd(key, static key => new FakeTenant(TenantKeys.TenantOf(key)));

    public FakePersons Persons(string key) => persons.GetOrAdd(key, static _ => new FakePersons());

    public object? Deleted(object reference)
    {
        DeletedReferences.Add(reference);
        return null;
    }
}
