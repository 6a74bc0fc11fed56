using Aggregation.Contracts;
using Aggregation.Contracts.Reviews;

namespace Aggregation.Grains.Tests.Reviews;

/// <summary>What a reviewer sees of the units below.</summary>
public sealed class ReviewListTests(ClassSilo silo) : ReviewTest(silo)
{
    [Fact]
    public async Task ListStandings_OfACounty_NamesItsChildrenWithWhatActsAreBoundTo()
    {
        var one = await SubmitAsync(CountyOne, "a", 5);
        await ActAsync(ReviewAct.Sign, CountyOne, "sign");
        var two = await SubmitAsync(CountyTwo, "b", 6);

        var list = await Ledger(County).ListStandings(Reviewer(County), Names.Territory, default);

        Assert.Equal(
            [
                (CountyOne, "County one", ReportState.Submitted, 1, one.Hash, true),
                (CountyTwo, "County two", ReportState.Submitted, 1, two.Hash, false),
            ],
            list.Select(item => (item.Ledger.Unit, item.UnitName, item.State, item.Revision, item.Hash, item.IsSigned)));
        foreach (var other in new[] { Reviewer(Lonely), Submitter(CountyOne), Caller with { Tenant = "north" } })
        {
            await RefusedAsync(
                other.Tenant == "north" ? RefusalKind.NotFound : RefusalKind.Forbidden,
                () => Ledger(County).ListStandings(other, Names.Territory, default));
        }
    }

    [Fact]
    public async Task ListBelow_ForTheReviewerOnly_NamesEveryUnitUnderTheOffice()
    {
        Assert.Equal(
            [CityOne, Institute, CityTwo, County, CountyOne, CountyTwo, Lonely],
            (await Ledger(City).ListBelow(Reviewer(City), Names.Territory)).Order(StringComparer.Ordinal)
                .OrderBy(unit => unit.StartsWith(City, StringComparison.Ordinal) ? 0 : 1));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(City).ListBelow(Reviewer(County), Names.Territory));
        await RefusedAsync(RefusalKind.Forbidden, () => Ledger(City).ListBelow(Submitter(City), Names.Territory));
    }
}
