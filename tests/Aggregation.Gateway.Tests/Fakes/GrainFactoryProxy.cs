using System.Reflection;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tasks;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Stands for any IGrainFactory, whatever members it has besides those that the gateway calls.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    internal FakeGrains? Grains { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod?.Name, args?[0]) switch
    {
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ILedgerGrain) => Grains!.Ledger(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ITenantGrain) => Grains!.Tenant(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(IPersonGrain) => Grains!.Persons(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ITaskGrain) => Grains!.Tasks.Of(key),
        ("GetGrain", string) when targetMethod.ReturnType == typeof(IPlatformGrain) => Grains!.Platform,
        ("CreateObjectReference", { } observer) => observer,
        ("DeleteObjectReference", { } observer) => Grains!.Deleted(observer),
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not what the gateway calls."),
    };
}
