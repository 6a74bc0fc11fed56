using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Checks;

/// <summary>Trying a check on what is already filed.</summary>
public sealed class CheckTrialTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly CheckDefinition AtMostTen = new()
    {
        Form = "interaction", CheckId = "few", Severity = Severity.Hard, Rule = "[1.1] <= 10", MessageZh = "多", MessageEn = "{left} is more than {right}",
    };

    [Fact]
    public async Task Try_OnASubtree_CountsAndNamesWhatItFoundAndChangesNothing()
    {
        await FileAsync();

        var city = await TryAsync(City);
        Assert.Equal((8, 5, 3), (city.Expected, city.Submitted, city.Found));
        Assert.Equal(
            [(CityTwo, "City two", 1L, "12 is more than 10"), (CountyOne, "County one", 2L, "14 is more than 10"), (Lonely, "Lonely county", 1L, "99 is more than 10")],
            city.Units.Select(unit => (unit.Unit, unit.UnitName, unit.Revision, unit.Finding.MessageEn)));
        Assert.Equal(("few", "1.1", "12 : 10", "[1.1] <= 10"), (city.Units[0].Finding.CheckId, city.Units[0].Finding.Cell, city.Units[0].Finding.Value, city.Units[0].Finding.Rule));

        var county = await TryAsync(County);
        Assert.Equal((3, 2, 1), (county.Expected, county.Submitted, county.Found));
        Assert.Equal([CityTwo], (await TryAsync(City, limit: 1)).Units.Select(unit => unit.Unit));
        Assert.Empty((await TryAsync(City, definition: AtMostTen with { Rule = "[1.1] <= 100" })).Units);

        Assert.Empty(await Silo.Tenant(Tenant).ListChecks(Caller, null));
        await SubmitAsync(CountyTwo, "still", 50);
    }

    [Fact]
    public async Task Try_AgainstLastYear_IsTriedOnThoseThatFiledThen()
    {
        await FileAsync();
        await Ledger(CityOne, "2016").Submit(Caller, Command("y", 10), CancellationToken.None);
        await Ledger(CityTwo, "2016").Submit(Caller, Command("y", 13), CancellationToken.None);

        var trial = await TryAsync(City, definition: AtMostTen with { Severity = Severity.Soft, Rule = "[1.1] >= last [1.1]" });

        Assert.Equal((5, 1), (trial.Submitted, trial.Found));
        Assert.Equal((CityTwo, "12 : 13"), (trial.Units[0].Unit, trial.Units[0].Finding.Value));
    }

    [Fact]
    public async Task Try_ADefinedOrRetiredCheck_IsTheOneDefined()
    {
        await FileAsync();
        await Silo.Tenant(Tenant).DefineCheck(Caller, AtMostTen);
        await Silo.Tenant(Tenant).RetireCheck(Caller, "interaction", "few");

        var trial = await Silo.CheckTrial(Key(City)).Try(Caller, new TryCheckQuery { CheckId = "few", Limit = 10 }, CancellationToken.None);

        Assert.Equal(3, trial.Found);
        await RefusedAsync(RefusalKind.NotFound, () => Silo.CheckTrial(Key(City)).Try(
            Caller, new TryCheckQuery { CheckId = "many", Limit = 10 }, CancellationToken.None));
    }

    [Fact]
    public async Task Try_FaultyRequest_IsRefusedNamingTheField()
    {
        var faulty = await RefusedAsync(RefusalKind.Invalid, () => TryAsync(City, definition: AtMostTen with { Rule = "[1.1" }));
        Assert.Equal(("definition.rule", "position 2: ']' is missing"), (Assert.Single(faulty.Violations).Field, faulty.Violations[0].Rule));
        var form = await RefusedAsync(RefusalKind.Invalid, () => TryAsync(City, definition: AtMostTen with { Form = "2014" }));
        Assert.Equal("definition.form", Assert.Single(form.Violations).Field);
        var limit = await RefusedAsync(RefusalKind.Invalid, () => TryAsync(City, limit: 0));
        Assert.Equal("limit", Assert.Single(limit.Violations).Field);
        await RefusedAsync(RefusalKind.NotFound, () => TryAsync("360399"));
    }

    [Fact]
    public async Task Try_WithoutTheRightToReadEveryUnit_IsForbiddenToAdministratorsToo()
    {
        await FileAsync();
        var none = Caller with { Read = null };
        var ofCounty = Caller with { Read = new Subtree(Names.Territory, County), IsAdministrator = false };
        var countyOnly = ofCounty with { Read = new Subtree(Names.Territory, County) { UnitOnly = true } };

        await RefusedAsync(RefusalKind.Forbidden, () => TryAsync(City, none));
        Assert.Equal(1, (await TryAsync(County, ofCounty)).Found);
        var notYours = await RefusedAsync(RefusalKind.Forbidden, () => TryAsync(City, ofCounty));
        var notThere = await RefusedAsync(RefusalKind.Forbidden, () => TryAsync("360399", ofCounty));
        Assert.Equal(notYours.Message.Replace(City, "360399", StringComparison.Ordinal), notThere.Message);
        await RefusedAsync(RefusalKind.Forbidden, () => TryAsync(County, countyOnly));
        await RefusedAsync(RefusalKind.NotFound, () => TryAsync(City, TestSilo.Everything("north")));
    }

    private Task<CheckTrial> TryAsync(string unit, Caller? caller = null, CheckDefinition? definition = null, int limit = 10) =>
        Silo.CheckTrial(Key(unit)).Try(caller ?? Caller, new TryCheckQuery { Definition = definition ?? AtMostTen, Limit = limit }, CancellationToken.None);

    /// <summary>Three over ten, one of them by a correction; one nil return; one at ten; one withdrawn.</summary>
    private async Task FileAsync()
    {
        await SubmitAsync(CityOne, "a", 10);
        await SubmitAsync(CityTwo, "a", 12);
        await SubmitAsync(CountyOne, "a", 1);
        await SubmitAsync(CountyOne, "b", 14);
        await Ledger(CountyTwo).Submit(Caller, new SubmitCommand { RequestId = "a", Nil = true }, CancellationToken.None);
        await SubmitAsync(Lonely, "a", 99);
        await SubmitAsync(Institute, "a", 77);
        await WithdrawAsync(Institute, "b");
    }
}
