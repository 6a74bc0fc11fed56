using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Reviews;
using Aggregation.Contracts.Tenants;
using Aggregation.Contracts.Trails;
using Aggregation.Domain.Chains;
using Aggregation.Grains.Tests.Reviews;
using Aggregation.Grains.Transfer;

namespace Aggregation.Grains.Tests.Trails;

public sealed class TrailTests(ClassSilo silo) : ReviewTest(silo)
{
    [Fact]
    public async Task ReadReport_AfterAReview_HasEveryActWithWhoAndWhyAndTheChainHolds()
    {
        await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Sign, CountyOne, "b", text: "I stand for it");
        await ActAsync(ReviewAct.Return, CountyOne, "c", text: "sums differ");
        await WithdrawAsync(CountyOne, "d");

        var trail = await ReadAllAsync(after => Trails.ReadReport(Reviewer(County), Key(CountyOne), ReportTrail.Report, after, default));

        Assert.Equal(
            [
                ("submitted", "test-key", "a", ""), ("signed", $"submitter-{CountyOne}", "b", "I stand for it"),
                ("returned", "reviewer-*", "c", "sums differ"), ("withdrawn", "test-key", "d", "mistaken"),
            ],
            trail.Select(read => (read.Entry.Kind, read.Entry.Actor, read.Entry.RequestId, read.Text)));
        var chain = new EntryChain();
        Assert.All(trail, read => Assert.Equal(ChainFault.None, chain.Next(read.Entry.ToNew(Tenant).Stored(0))));
    }

    [Fact]
    public async Task ReadReport_Publications_HasCompletionAndDecision()
    {
        await Silo.Publications(Key(County)).Publish(
            Caller, new() { RequestId = "p", Query = new TotalQuery() }, default);

        var trail = await Trails.ReadReport(Caller, Key(County), ReportTrail.Publications, 0, default);

        Assert.Equal(("published", "p"), (trail.Single().Entry.Kind, trail.Single().Entry.RequestId));
    }

    [Fact]
    public async Task ReadReport_MoreThanAPage_IsReadToTheEndAndGoesOnWhereItWasLeft()
    {
        for (var i = 0; i < 70; i++)
        {
            await SubmitAsync(CountyOne, Text(i), i);
        }

        var trail = await ReadAllAsync(after => Trails.ReadReport(Caller, Key(CountyOne), ReportTrail.Report, after, default));

        Assert.Equal(Enumerable.Range(1, 70).Select(version => (long)version), trail.Select(read => read.Entry.Version));
        Assert.Equal(70, (await Trails.ReadReport(Caller, Key(CountyOne), ReportTrail.Report, 69, default)).Single().Entry.Version);
    }

    [Fact]
    public async Task ReadReport_ByWhoMayNotReadTheUnit_IsRefused()
    {
        await SubmitAsync(CountyOne, "a", 5);
        foreach (var (caller, kind) in new[]
        {
            (Submitter(CountyTwo), RefusalKind.Forbidden), (Reviewer(Lonely), RefusalKind.Forbidden),
            (Reviewer(CountyOne), RefusalKind.Forbidden), (Caller with { Read = null, Submit = null }, RefusalKind.Forbidden),
            (Caller with { Tenant = "north" }, RefusalKind.NotFound),
        })
        {
            await RefusedAsync(kind, () => Trails.ReadReport(caller, Key(CountyOne), ReportTrail.Report, 0, default));
        }

        await RefusedAsync(RefusalKind.NotFound, () => Trails.ReadReport(Caller, Key("999999"), ReportTrail.Report, 0, default));
    }

    [Fact]
    public async Task ReadTenant_AdministratorsOnly_HasWhatWasDecidedOnTheTenant()
    {
        var trail = await Trails.ReadTenant(Caller, 0, default);

        Assert.Equal(["tenant-created", "units-imported", "settings-changed"], trail.Select(read => read.Entry.Kind));
        await RefusedAsync(RefusalKind.Forbidden, () => Trails.ReadTenant(Caller with { IsAdministrator = false }, 0, default));
        await RefusedAsync(RefusalKind.Forbidden, () => Trails.ReadTenant(Reviewer(), 0, default));
    }

    private ITrailGrain Trails => Silo.Grains.GetGrain<ITrailGrain>(TenantKeys.TrailOf(Tenant));

    private static async Task<List<TrailEntry>> ReadAllAsync(
        Func<long, Task<ImmutableArray<TrailEntry>>> read)
    {
        var all = new List<TrailEntry>();
        while (await read(all.Count == 0 ? 0 : all[^1].Entry.Version) is { Length: > 0 } page)
        {
            all.AddRange(page);
        }

        return all;
    }
}
