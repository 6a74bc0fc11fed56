using Aggregation.Contracts;
using Aggregation.Contracts.Drafts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Publications;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Trails;
using Aggregation.Grains.Tests.Hosting;

namespace Aggregation.Grains.Tests;

/// <summary>Whatever a grain wanted of a journal that has gone, its caller is told to ask again.</summary>
public sealed class JournalFailuresTests : JournalTest
{
    private const string Unit = "360000";

    private static readonly Caller Caller = TestSilo.Everything("south");

    private static readonly LedgerKey Ledger = new("south", "interaction", "2017", Unit);

    public static TheoryData<string> Calls => [.. Named.Keys];

    private static Dictionary<string, Func<TestSilo, Task>> Named { get; } = new()
    {
        ["submit"] = silo => silo.Ledger(Ledger).Submit(Caller, TestSilo.Command("a", ("1.1", 1), ("1.2", 1)), default),
        ["validate"] = silo => silo.Ledger(Ledger).Validate(Caller, TestSilo.Command("a", ("1.1", 1), ("1.2", 1)), default),
        ["history of a report"] = silo => silo.Ledger(Ledger).History(Caller, default),
        ["audit"] = silo => silo.Audit(new AuditKey("south", "interaction", "2017")).Audit(default),
        ["past total"] = silo => silo.History(Ledger).GetTotal(Caller, new TotalQuery(), new AsOf { Position = 1 }, default),
        ["year to date"] = silo => silo.YearToDate(Ledger with { Period = "2017Q1" }).GetTotal(Caller, new TotalQuery(), new AsOf { Position = 1 }, default),
        ["publish"] = silo => silo.Publications(Ledger).Publish(Caller, new PublishCommand { RequestId = "p" }, default),
        ["list publications"] = silo => silo.Publications(Ledger).List(Caller, default),
        ["save a draft"] = silo => Grain<IDraftGrain>(silo, Ledger.ToString()).Save(Caller, TestSilo.Command("", ("1.1", 1)), null, default),
        ["change the tenant"] = silo => silo.Tenant("south").ImportUnits(Caller, new ImportUnitsCommand { Csv = "code,name" }),
        ["list keys"] = silo => silo.Tenant("south").ListKeys(Caller),
        ["register a tenant"] = silo => Grain<IPlatformGrain>(silo, TenantKeys.Platform).Register(
            TestSilo.Platform, new TenantView("north", "north", DateTimeOffset.UnixEpoch)),
        ["export"] = silo => silo.Transfer("south").OpenExport(Caller, default),
        ["set a person"] = silo => Grain<IPersonGrain>(silo, TenantKeys.PersonsOf("south")).Set(Caller, new PersonDetails { User = "wang" }),
        ["trail"] = silo => Grain<ITrailGrain>(silo, TenantKeys.TrailOf("south")).ReadTenant(Caller, 0, default),
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_JournalHasGone_IsRefusedAsUnavailable(string call)
    {
        using var journal = await NewJournalAsync();
        var power = new PowerCut();
        await using var silo = await TestSilo.StartAsync(journal, power: power);
        await silo.CreateTenantAsync("south", $"code,name,kind,level,parent,from,to\n{Unit},Province,government,province,,,\n");
        power.Cut();

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Named[call](silo));

        Assert.Equal((RefusalKind.Unavailable, "The power is cut."), (refusal.Kind, refusal.Message));
    }

    private static T Grain<T>(TestSilo silo, string key)
        where T : IGrainWithStringKey => silo.Grains.GetGrain<T>(key);
}
