using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Persons;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Trails;
using Aggregation.Domain.Chains;
using Aggregation.Grains.Transfer;
using Aggregation.Storage.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Persons;

/// <summary>Persons stand beside the chain: what is kept of them comes and goes, and no hash changes by it.</summary>
public sealed class PersonTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Address = "203.0.113.77";
    private static readonly PersonDetails Wang = new() { User = "wang", Name = "王小明", Email = "wang@example.org", Phone = "+86 10 5550" };

    [Fact]
    public async Task Erase_APersonWhoFiled_LeavesNothingOfHimAndEveryChainValid()
    {
        var clerk = await WithOriginAsync(Clerk());
        await Persons.Set(Caller, Wang);
        await Ledger(CountyOne).Submit(clerk, Command("a", 5), default);
        await Ledger(CountyOne).Submit(clerk, Command("b", 6), default);
        var before = await ReadAllAsync();
        Assert.Equal([clerk.Origin, clerk.Origin], OriginsOf(before));
        Assert.Equal(
            (new ActorName("user:wang", "王小明"), new OriginAddress(clerk.Origin, Address)), await DescribeAsync(Caller, clerk.Origin));

        Assert.Equal(2, await Persons.Erase(Caller, "wang"));

        Assert.Equal((null, null), await DescribeAsync(Caller, clerk.Origin));
        var view = await Persons.Get(Caller, "wang");
        Assert.Equal((new PersonDetails { User = "wang" }, 0), (view.Details, view.Addresses.Length));
        Assert.Equal(OriginsOf(before), OriginsOf(await ReadAllAsync()));
        Assert.Empty(await FaultsAsync());
        var chain = new EntryChain();
        var trail = await Trails.ReadReport(Caller, Key(CountyOne), ReportTrail.Report, 0, default);
        Assert.Equal(2, trail.Length);
        Assert.All(trail, read => Assert.Equal(ChainFault.None, chain.Next(read.Entry.ToNew(Tenant).Stored(0))));
        Assert.Equal(
            [("person-set", "test-key"), ("person-erased", "test-key")],
            (await Trails.ReadTenant(Caller, 2, default)).Select(read => (read.Entry.Kind, read.Entry.Actor)));
    }

    [Fact]
    public async Task Journal_OfAPersonWhoFiled_HoldsNoNameContactOrAddress()
    {
        await Persons.Set(Caller, Wang);
        await Ledger(CountyOne).Submit(await WithOriginAsync(Clerk()), Command("a", 5), default);

        // Exports and trails are made of these entries and of nothing else.
        var journal = string.Concat((await ReadAllAsync()).Select(entry =>
            $"{entry.Stream} {entry.Kind} {entry.Actor} {entry.Unit} {entry.RequestId} {Encoding.UTF8.GetString(entry.Payload.Span)}"));

        Assert.Contains("wang", journal, StringComparison.Ordinal);
        foreach (var kept in new[] { Wang.Name, Wang.Email, Wang.Phone, Address })
        {
            Assert.DoesNotContain(kept, journal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task OriginOf_SameActorAndAddress_IsOneNumberUntilItIsErased()
    {
        var first = await Persons.OriginOf(Clerk(), Address);

        Assert.Equal(first, await Persons.OriginOf(Clerk(), Address));
        Assert.NotEqual(first, await Persons.OriginOf(Clerk(), "203.0.113.78"));
        Assert.NotEqual(first, await Persons.OriginOf(Clerk() with { KeyId = "other" }, Address));
        await RestartAsync();
        Assert.Equal(first, await Persons.OriginOf(Clerk(), Address));
        await Persons.Erase(Caller, "wang");
        Assert.NotEqual(first, await Persons.OriginOf(Clerk(), Address));
        await RefusedAsync(RefusalKind.NotFound, () => Persons.OriginOf(Clerk() with { Tenant = Named("north") }, Address));
    }

    [Fact]
    public async Task EraseAddresses_OfAKeyThatNamesNobody_ErasesThem()
    {
        var key = await Silo.Tenant(Tenant).CreateKey(Caller, new CreateKeyCommand { Label = "x", IsAdministrator = true });
        var caller = Caller with { KeyId = key.Key.KeyId };
        var origin = await Persons.OriginOf(caller, Address);
        Assert.Equal(Address, Assert.Single((await Persons.Describe(Caller, [], [origin])).Addresses).Address);

        Assert.Equal(1, await Persons.EraseAddresses(Caller, key.Key.KeyId));

        Assert.Empty((await Persons.Describe(Caller, [], [origin])).Addresses);
        await RefusedAsync(RefusalKind.NotFound, () => Persons.EraseAddresses(Caller, "none"));
    }

    [Fact]
    public async Task Get_ByOthersThanAdministratorAndSelf_IsRefused()
    {
        await Persons.Set(Caller, Wang);
        var origin = (await WithOriginAsync(Clerk())).Origin;
        var li = Clerk() with { User = "li" };

        Assert.Equal(Wang, (await Persons.Get(Caller, "wang")).Details);
        var own = await Persons.Get(Clerk(), "wang");
        Assert.Equal((Wang, Address), (own.Details, own.Addresses.Single().Address));
        await RefusedAsync(RefusalKind.Forbidden, () => Persons.Get(li, "wang"));
        await RefusedAsync(RefusalKind.Forbidden, () => Persons.Get(li with { User = "" }, ""));
        await RefusedAsync(RefusalKind.Forbidden, () => Persons.Set(Clerk(), Wang));
        await RefusedAsync(RefusalKind.Forbidden, () => Persons.Erase(Clerk(), "wang"));
        await RefusedAsync(RefusalKind.Forbidden, () => Persons.EraseAddresses(Clerk(), "x"));
        Assert.Equal((new ActorName("user:wang", "王小明"), null), await DescribeAsync(li, origin));
        var stranger = await Silo.CreateTenantAsync(Named("north"), "code,name,kind,level,parent,from,to\n1,A,government,county,,,\n");
        await RefusedAsync(RefusalKind.NotFound, () => Persons.Get(stranger, "wang"));
        await RefusedAsync(RefusalKind.NotFound, () => Persons.Describe(stranger, ["user:wang"], [origin]));
        Assert.Empty((await Of(Named("north")).Describe(stranger, ["user:wang"], [origin])).Names);
        Assert.Empty((await Of(Named("north")).Get(stranger, "wang")).Addresses);
    }

    [Theory]
    [InlineData("a b", "", "", "", "user")]
    [InlineData("wang", "line\nbreak", "", "", "name")]
    [InlineData("wang", "", "nowhere", "", "email")]
    [InlineData("wang", "", "@", "", "email")]
    [InlineData("wang", "", "", "12345678901234567890123456789012345678901", "phone")]
    public async Task Set_WhatCannotBe_IsRefusedByField(string user, string name, string email, string phone, string field)
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Persons.Set(
            Caller, new PersonDetails { User = user, Name = name, Email = email, Phone = phone }));

        Assert.Equal(field, Assert.Single(refusal.Violations).Field);
    }

    private IPersonGrain Persons => Of(Tenant);

    private ITrailGrain Trails => Silo.Grains.GetGrain<ITrailGrain>(TenantKeys.TrailOf(Tenant));

    private IPersonGrain Of(string tenant) => Silo.Grains.GetGrain<IPersonGrain>(TenantKeys.PersonsOf(tenant));

    /// <summary>Somebody who came with a token.</summary>
    private Caller Clerk() => new()
    {
        Tenant = Tenant, KeyId = "user:wang", User = "wang", Submit = new Subtree(Names.Territory, Subtree.Everything),
    };

    private async Task<Caller> WithOriginAsync(Caller caller) => caller with { Origin = await Persons.OriginOf(caller, Address) };

    private async Task<(ActorName? Name, OriginAddress? Address)> DescribeAsync(Caller caller, long origin)
    {
        var described = await Persons.Describe(caller, ["user:wang", "test-key"], [origin, 0]);
        return (described.Names.SingleOrDefault(), described.Addresses.SingleOrDefault());
    }

    private static IEnumerable<long> OriginsOf(IEnumerable<StoredEntry> entries) =>
        entries.Where(static entry => entry.Kind == "submitted").Select(static entry => entry.Origin);

    private async Task<List<StoredEntry>> ReadAllAsync()
    {
        var journal = Silo.Services.GetRequiredService<IJournal>();
        var entries = new List<StoredEntry>();
        await foreach (var entry in journal.ReadStreamsAsync(Tenant, "", await journal.ReadPositionAsync(default), default))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private async Task<List<JournalFault>> FaultsAsync()
    {
        var grain = Silo.Grains.GetGrain<IJournalAuditGrain>(JournalAuditKeys.Of(Tenant, Guid.NewGuid().ToString("N")));
        var faults = new List<JournalFault>();
        for (var number = 1; ; number++)
        {
            var step = await grain.Next(Caller, new AuditRange(null, null), number, default);
            faults.AddRange(step.Faults);
            if (step.IsDone)
            {
                return faults;
            }
        }
    }
}
