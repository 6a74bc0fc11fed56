using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Trails;

namespace Aggregation.Grains.Tests;

/// <summary>Whatever a grain wanted of a journal that has gone, its caller is told to ask again.</summary>
public sealed class JournalFailuresTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly PowerCut JournalPower = new();

    public static TheoryData<string> Calls => [.. Calling.Keys];

    private static Dictionary<string, Func<JournalFailuresTests, Task>> Calling { get; } = new()
    {
        ["submit"] = test => test.Silo.Ledger(test.Report).Submit(test.Caller, TestSilo.Command("a", ("1.1", 1), ("1.2", 1)), default),
        ["validate"] = test => test.Silo.Ledger(test.Report).Validate(test.Caller, TestSilo.Command("a", ("1.1", 1), ("1.2", 1)), default),
        ["history of a report"] = test => test.Silo.Ledger(test.Report).History(test.Caller, default),
        ["audit"] = test => test.Silo.Audit(new AuditKey(test.Tenant, "interaction", "2017")).Audit(default),
        ["past total"] = test => test.Silo.AsOf(test.Report).GetTotal(test.Caller, new TotalQuery(), new AsOfPoint { Position = 1 }, default),
        ["year to date"] = test => test.Silo.YearToDate(test.Report with { Period = "2017Q1" }).GetTotal(test.Caller, new TotalQuery(), new AsOfPoint { Position = 1 }, default),
        ["publish"] = test => test.Silo.Publications(test.Report).Publish(test.Caller, new PublishCommand { RequestId = "p" }, default),
        ["list publications"] = test => test.Silo.Publications(test.Report).List(test.Caller, default),
        ["save a draft"] = test => test.Grain<IDraftGrain>(test.Report.ToString()).Save(test.Caller, TestSilo.Command("", ("1.1", 1)), null, default),
        ["change the tenant"] = test => test.Silo.Tenant(test.Tenant).ImportUnits(test.Caller, new ImportUnitsCommand { Csv = "code,name" }),
        ["list keys"] = test => test.Silo.Tenant(test.Tenant).ListKeys(test.Caller),
        ["register a tenant"] = test => test.Grain<IPlatformGrain>(TenantKeys.Platform).Register(
            TestSilo.Platform, new TenantView(test.Named("north"), "north", DateTimeOffset.UnixEpoch)),
        ["export"] = test => test.Silo.Transfer(test.Tenant).OpenExport(test.Caller, default),
        ["set a person"] = test => test.Grain<IPersonGrain>(TenantKeys.PersonsOf(test.Tenant)).Set(test.Caller, new PersonDetails { User = "wang" }),
        ["trail"] = test => test.Grain<ITrailGrain>(TenantKeys.TrailOf(test.Tenant)).ReadTenant(test.Caller, 0, default),
    };

    protected override PowerCut? Power => JournalPower;

    private LedgerKey Report => Key(Province);

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_JournalHasGone_IsRefusedAsUnavailable(string call)
    {
        JournalPower.Cut();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Calling[call](this));

        Assert.Equal((RefusalKind.Unavailable, "The power is cut."), (refusal.Kind, refusal.Message));
    }

    public override Task DisposeAsync()
    {
        JournalPower.Restore();
        return base.DisposeAsync();
    }

    private T Grain<T>(string key)
        where T : IGrainWithStringKey => Silo.Grains.GetGrain<T>(key);
}
