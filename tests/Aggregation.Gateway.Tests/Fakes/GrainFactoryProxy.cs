using System.Reflection;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Obligations;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;

namespace Aggregation.Gateway.Tests.Fakes;

/// <summary>Stands for any IGrainFactory, whatever members it has besides those that the gateway calls.</summary>
public class GrainFactoryProxy : DispatchProxy
{
    internal FakeGrains? Grains { get; set; }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => (targetMethod?.Name, args?[0]) switch
    {
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ILedgerGrain) => Grains!.Ledger(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ISeriesGrain) => new FakeSeries(LedgerKey.Parse(key)),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ICheckTrialGrain) => new FakeCheckTrial(LedgerKey.Parse(key)),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(IYearToDateGrain) => new FakeYearToDate(LedgerKey.Parse(key)),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(IHistoryGrain) => new FakeHistory(Grains!.Ledger(key)),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(IPublicationGrain) => new FakePublications(LedgerKey.Parse(key)),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ITenantGrain) => Grains!.Tenant(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(IPersonGrain) => Grains!.Persons(key),
        ("GetGrain", string key) when targetMethod.ReturnType == typeof(ITaskGrain) => Grains!.Tasks.Of(key),
        ("GetGrain", string) when targetMethod.ReturnType == typeof(IPlatformGrain) => Grains!.Platform,
        ("CreateObjectReference", { } observer) => observer,
        ("DeleteObjectReference", { } observer) => Grains!.Deleted(observer),
        _ => throw new NotSupportedException($"{targetMethod?.Name} is not what the gateway calls."),
    };
}
