using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>The yearly form against the quarters that the same unit filed.</summary>
public sealed class QuarterCheckTests(ClassSilo silo) : SiloTest(silo)
{
    [Fact]
    public async Task Submit_YearIsNotTheSumOfItsQuarters_NeedsAnExplanation()
    {
        await FileQuartersAsync(CountyOne, 4);
        var year = TestSilo.Command("year", ("6", 41), ("8.1", 4));

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => Statutory(CountyOne, "2017").Submit(Caller, year, CancellationToken.None));

        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(("cells[6]", "41 : 40"), (violation.Field, violation.Value));
        Assert.EndsWith("(needs an explanation for quarters:6)", violation.MessageEn, StringComparison.Ordinal);
        var explained = year with { Explanations = [new Explanation("quarters:6", "one came late")] };
        var receipt = await Statutory(CountyOne, "2017").Submit(Caller, explained, CancellationToken.None);
        var finding = Assert.Single(receipt.Findings);
        Assert.Equal(
            ("quarters:6", Severity.Soft, "6", "41 : 40", "one came late"),
            (finding.CheckId, finding.Severity, finding.Cell, finding.Value, finding.Explanation));
    }

    [Fact]
    public async Task Submit_YearIsTheSumOfItsQuarters_HasNoFinding()
    {
        await FileQuartersAsync(CountyOne, 4);
        await FileQuartersAsync(CountyTwo, 1);

        Assert.Empty((await Statutory(CountyOne, "2017").Submit(
            Caller, TestSilo.Command("a", ("6", 40), ("8.1", 4)), CancellationToken.None)).Findings);
        Assert.Empty((await Statutory(CountyTwo, "2017").Submit(
            Caller, TestSilo.Command("a", ("6", 41), ("8.1", 9)), CancellationToken.None)).Findings);
        Assert.Empty((await Statutory(CityOne, "2017").Submit(
            Caller, TestSilo.Command("a", ("6", 41)), CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task Validate_QuarterCorrectedOrWithdrawnWhileTheYearIsOpen_IsComparedAsItNowIs()
    {
        await FileQuartersAsync(City, 4);
        var year = TestSilo.Command("year", ("6", 40), ("8.1", 4));
        Assert.Empty(await ValidateAsync(year));

        await Statutory(City, "2017Q2").Submit(Caller, TestSilo.Command("again", ("6", 15), ("8.1", 2)), CancellationToken.None);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["quarters:6 40 : 45"], await ValidateAsync(year));

        await Statutory(City, "2017Q4").Withdraw(
            Caller, new WithdrawCommand { RequestId = "back", Reason = "wrong" }, CancellationToken.None);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await ValidateAsync(year));

        await Statutory(City, "2017Q4").Submit(
            Caller, new SubmitCommand { RequestId = "nil", Nil = true }, CancellationToken.None);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(["quarters:6 40 : 35"], await ValidateAsync(year));
    }

    [Fact]
    public async Task Submit_AQuarter_IsNotComparedWithOthers()
    {
        await FileQuartersAsync(CountyOne, 3);

        Assert.Empty((await Statutory(CountyOne, "2017Q4").Submit(
            Caller, TestSilo.Command("a", ("6", 1)), CancellationToken.None)).Findings);
    }

    private ILedgerGrain Statutory(string unit, string period) => Silo.Ledger(new LedgerKey(Tenant, "2014", period, unit));

    private async Task<string[]> ValidateAsync(SubmitCommand year) =>
        [.. (await Statutory(City, "2017").Validate(Caller, year, CancellationToken.None)).Select(finding => $"{finding.CheckId} {finding.Value}")];

    /// <summary>Ten of the flow 6 in each quarter; the stock 8.1 is the quarter's number.</summary>
    private async Task FileQuartersAsync(string unit, int quarters)
    {
        for (var quarter = 1; quarter <= quarters; quarter++)
        {
            await Statutory(unit, $"2017Q{Text(quarter)}").Submit(
                Caller, TestSilo.Command($"q{Text(quarter)}", ("6", 10), ("8.1", quarter)), CancellationToken.None);
        }
    }
}
