using System.Collections.Immutable;
using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Figures;

namespace Aggregation.Grains.Tests.Ledgers;

/// <summary>The annual form 2021: totals filled in or entered, last year's carry-over, the years it is in use.</summary>
public sealed class AnnualFormTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly ImmutableArray<(string Cell, long Value)> Parts =
        [("3.1:person", 3), ("3.1:legal", 2), ("3.3.1:person", 1), ("3.4:person", 2), ("3.4:legal", 2)];

    [Fact]
    public async Task Submit_TotalsLeftEmpty_AreFiledAndSummedAsFilledIn()
    {
        var receipt = await Annual(CountyOne, "2024").Submit(Caller, TestSilo.Command("a", Parts), CancellationToken.None);
        await AwaitAsync(receipt);

        var filed = await Annual(CountyOne, "2024").Get(Caller, null, CancellationToken.None);
        Assert.Equal(
            ["3.1:legal=2", "3.1:person=3", "3.1:total=5", "3.3.1:person=1", "3.3.1:total=1", "3.3.7:person=1", "3.3.7:total=1",
             "3.4:legal=2", "3.4:person=2", "3.4:total=4"],
            filed.Cells.Select(cell => $"{cell.Cell}={cell.Amount.Units}").Order(StringComparer.Ordinal));
        var total = await Annual(Province, "2024").GetTotal(Caller, new TotalQuery());
        Assert.Equal(5, Figure(total.Cells, "3.1:total"));
        Assert.Equal(new Amount(20, 0), total.Derived.Single(derived => derived.Code == "concluded-rate").Value);
        Assert.Equal(receipt.Hash, (await Annual(CountyOne, "2024").Submit(Caller, TestSilo.Command("a", Parts), CancellationToken.None)).Hash);
    }

    [Fact]
    public async Task Submit_WhereUnitsEnterTotals_RefusesThoseLeftEmpty()
    {
        await Silo.Tenant(Tenant).ChangeSettings(Caller, new TenantSettings(FillTotals: false));

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => Annual(CountyOne, "2024").Submit(Caller, TestSilo.Command("a", Parts), CancellationToken.None));

        Assert.Equal(
            ["cells[3.1:person]", "cells[3.1:total]", "cells[3.3.1:total]", "cells[3.4:total]", "cells[3.3.7:person]"],
            refusal.Violations.Select(violation => violation.Field));
        Assert.Equal(5, (await Annual(CountyOne, "2024").Validate(Caller, TestSilo.Command("a", Parts), CancellationToken.None)).Length);
    }

    [Fact]
    public async Task Submit_PartsOverTheBoundOfTheirTotal_NamesTheTotal()
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Annual(CountyOne, "2024").Submit(
            Caller, TestSilo.Command("a", ("4.1:upheld", 1_000_000_000), ("4.1:corrected", 1)), CancellationToken.None));

        Assert.Equal(("cells[4.1:all]", "<= 1000000000"), refusal.Violations.Select(violation => (violation.Field, violation.Rule)).Single());
    }

    [Fact]
    public async Task Submit_CarryInIsNotLastYearsCarryOver_NeedsAnExplanationForEachColumn()
    {
        await Annual(CountyOne, "2023").Submit(Caller, TestSilo.Command("a", Parts), CancellationToken.None);
        var next = TestSilo.Command("b", ("3.2:person", 2), ("3.2:legal", 1), ("3.3.2:person", 2), ("3.3.2:legal", 1), ("2.1.2:in-force", 4));

        var refusal = await RefusedAsync(
            RefusalKind.Invalid, () => Annual(CountyOne, "2024").Submit(Caller, next, CancellationToken.None));
        Assert.Equal(
            [("cells[3.2:legal]", "1 : 2"), ("cells[3.2:total]", "3 : 4"), ("cells[2.1.2:in-force]", "4 : 0")],
            refusal.Violations.Select(violation => (violation.Field, violation.Value)));

        var receipt = await Annual(CountyOne, "2024").Submit(Caller, next with
        {
            Explanations =
            [
                new Explanation("3.2=last-3.4:legal", "one was withdrawn"), new Explanation("3.2=last-3.4:total", "one was withdrawn"),
                new Explanation("2.1.2:in-force=last+issued-repealed", "not counted before"),
            ],
        }, CancellationToken.None);
        Assert.Equal(3, receipt.Findings.Length);
        Assert.Empty((await Annual(CountyTwo, "2024").Submit(Caller, next, CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task Submit_FormNotInUseThatYear_NamesPeriodAndTheYearsInUse()
    {
        var before = await RefusedAsync(
            RefusalKind.Invalid, () => Annual(CountyOne, "2020").Submit(Caller, TestSilo.Command("a", Parts), CancellationToken.None));
        var after = await RefusedAsync(RefusalKind.Invalid, () => Silo.Ledger(new LedgerKey(Tenant, "2014", "2019", CountyOne))
            .Submit(Caller, TestSilo.Command("a", ("6", 1)), CancellationToken.None));

        Assert.Equal(("period", "2020", "2021: year 2021–"),
            before.Violations.Select(violation => (violation.Field, violation.Value, violation.Rule)).Single());
        Assert.Equal(("period", "2019", "2014: year, quarter 2014–2018"),
            after.Violations.Select(violation => (violation.Field, violation.Value, violation.Rule)).Single());
    }

    [Fact]
    public async Task ListForms_OfTheAnnualForm_ShowsHowItIsPrinted()
    {
        var form = (await Silo.Tenant(Tenant).ListForms(Caller)).Single(form => form.Form == "2021");

        Assert.Equal((200, 2021, 0, 34, 17, 6), (form.Cells.Length, form.FirstYear, form.LastYear, form.Layout.Rows.Length, form.Layout.Columns.Length, form.Sections.Length));
        Assert.Equal(["3.1:person", "3.1:business", "3.1:research", "3.1:welfare", "3.1:legal", "3.1:other"],
            form.Cells.Single(cell => cell.Cell.Code == "3.1:total").Parts.ToArray());
        Assert.Equal("（三）", form.Layout.Headings.Single(heading => heading.Code == "3.3.3").Mark);
        Assert.Equal(6, form.Layout.Report!.Chapters.Length);
    }

    private ILedgerGrain Annual(string unit, string period) => Silo.Ledger(new LedgerKey(Tenant, "2021", period, unit));
}
