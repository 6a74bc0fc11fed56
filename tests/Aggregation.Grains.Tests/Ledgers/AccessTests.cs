using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Structure;
using Aggregation.Grains.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>What each role covers.</summary>
public sealed class AccessTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly DateOnly Day = new(2017, 12, 31);

    [Theory]
    [InlineData(County, false, CountyOne, true)]
    [InlineData(City, false, CountyOne, true)]
    [InlineData(City, true, CountyOne, false)]
    [InlineData(City, true, County, true)]
    [InlineData(County, false, County, false)]
    [InlineData(CountyOne, false, CountyOne, false)]
    [InlineData(County, false, City, false)]
    [InlineData(County, false, CityOne, false)]
    [InlineData(Subtree.Everything, false, Province, true)]
    [InlineData("999999", false, "999999", false)]
    public void RequireReview_ByPlace_IsTheReviewerAbove(string right, bool unitOnly, string unit, bool allowed)
    {
        var caller = None with { Review = Territory(right) with { UnitOnly = unitOnly } };

        void Review() => Access.RequireReview(caller, Structure(), Day, unit);

        if (allowed)
        {
            Review();
        }
        else
        {
            Assert.Equal(RefusalKind.Forbidden, Assert.Throws<RefusedException>(Review).Kind);
        }
    }

    [Fact]
    public void RequireReview_OtherRoles_AreNoRightToReview()
    {
        var everything = Territory(Subtree.Everything);
        foreach (var caller in new[]
        {
            None with { IsAdministrator = true }, None with { Submit = everything }, None with { Read = everything }, None,
        })
        {
            Assert.Throws<RefusedException>(() => Access.RequireReview(caller, Structure(), Day, CountyOne));
        }
    }

    [Fact]
    public async Task Get_Reviewer_ReadsWhatItReviewsAndNothingElse()
    {
        var reviewer = None with { Review = Territory(County) };
        await SubmitAsync(CountyOne, "a", 5);

        Assert.Equal(1, (await Ledger(CountyOne).Get(reviewer, null, default)).Receipt.Revision);
        await Ledger(CountyOne).GetTotal(reviewer, new TotalQuery());
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(County).Get(reviewer, null, default));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(County).GetTotal(reviewer, new TotalQuery()));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CountyOne).Submit(reviewer, Command("b", 1), default));
    }

    [Fact]
    public async Task Submit_RightForTheUnitOnly_IsNoRightBelowIt()
    {
        var submitter = None with { Submit = Territory(County) with { UnitOnly = true } };

        await Ledger(County).Submit(submitter, Command("a", 1), default);
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(CountyOne).Submit(submitter, Command("a", 1), default));
    }

    [Fact]
    public async Task Every_UnitNotThere_IsRefusedAsOneThatIsNotTheCallers()
    {
        var county = Territory(County);
        var member = None with { Submit = county, Read = county };
        foreach (var call in new Func<string, Task>[]
        {
            unit => Ledger(unit).Submit(member, Command("a", 1), default),
            unit => Ledger(unit).Get(member, null, default),
            unit => Ledger(unit).GetTotal(member, new TotalQuery()),
            unit => Silo.Publications(Key(unit)).List(member, default),
            unit => Silo.Publications(Key(unit)).Get(member, 1, default),
            unit => Silo.AsOf(Key(unit)).GetTotal(member, new TotalQuery(), new AsOfPoint { Position = 1 }, default),
            unit => Silo.Tenant(Tenant).ListUnits(member, new() { Under = unit }),
        })
        {
            var notYours = await RefusedAsync(RefusalKind.Forbidden, () => call(CityOne));
            var notThere = await RefusedAsync(RefusalKind.Forbidden, () => call("360300-S99"));
            Assert.Equal(notYours.Message.Replace(CityOne, "360300-S99", StringComparison.Ordinal), notThere.Message);
        }

        await RefusedAsync(RefusalKind.NotFound, () => Ledger("360300-S99").GetTotal(Caller, new TotalQuery()));
        await RefusedAsync(RefusalKind.NotFound, () => Ledger("360300-S99").Submit(Caller, Command("a", 1), default));
    }

    private Caller None => Caller with { Submit = null, Read = null, IsAdministrator = false };

    private static Subtree Territory(string unit) => new(Names.Territory, unit);

    private AdministrativeStructure Structure() =>
        Silo.Services.GetRequiredService<TenantCatalog>().Seen(Tenant).Structure;
}
