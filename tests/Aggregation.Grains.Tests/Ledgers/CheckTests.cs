using Aggregation.Contracts;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Ledgers;

public sealed class CheckTests(ClassSilo silo) : SiloTest(silo)
{
    private LedgerKey Statutory(string unit, string period = "2017") => new(Tenant, "2014", period, unit);

    [Fact]
    public async Task Submit_HardFindings_NamesEachCellValueAndRuleInBothLanguages()
    {
        var command = TestSilo.Command("a", ("3.1", 5), ("3.1.1", 2), ("4", 1), ("4.1", 3));

        var refusal = await RefusedAsync(RefusalKind.Invalid,
            () => Silo.Ledger(Statutory(CountyOne)).Submit(Caller, command, CancellationToken.None));

        Assert.Equal(
            [
                ("cells[3.1]", "5 : 2", "[3.1] = sum([3.1.1]:[3.1.4])", "3.1 为 5，不等于 3.1.1 至 3.1.4 之和 2", "3.1 is 5, not 2, the sum of 3.1.1 to 3.1.4"),
                ("cells[4]", "1 : 3", "[4] = sum([4.1]:[4.3])", "4 为 1，不等于 4.1 至 4.3 之和 3", "4 is 1, not 3, the sum of 4.1 to 4.3"),
            ],
            refusal.Violations.Select(v => (v.Field, v.Value, v.Rule, v.MessageZh, v.MessageEn)));
        await RefusedAsync(RefusalKind.NotFound,
            () => Silo.Ledger(Statutory(CountyOne)).Get(Caller, null, CancellationToken.None));
    }

    [Fact]
    public async Task Submit_SoftFinding_StandsOnlyWithAnExplanationAndIsInTheReceipt()
    {
        var command = TestSilo.Command("a", ("1.1", 1), ("1.2", 2));

        var refusal = await RefusedAsync(RefusalKind.Invalid,
            () => Ledger(CountyOne).Submit(Caller, command, CancellationToken.None));
        Assert.Equal(("cells[1.2]", "2 : 1"), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
        Assert.EndsWith("(needs an explanation for 1.2<=1.1)", refusal.Violations[0].MessageEn, StringComparison.Ordinal);

        command = command with { Explanations = [new Explanation("1.2<=1.1", "carried over")] };
        var receipt = await Ledger(CountyOne).Submit(Caller, command, CancellationToken.None);
        var finding = Assert.Single(receipt.Findings);
        Assert.Equal(
            ("1.2<=1.1", Severity.Soft, "1.2", "2 : 1", "carried over"),
            (finding.CheckId, finding.Severity, finding.Cell, finding.Value, finding.Explanation));
        var stored = await Ledger(CountyOne).Get(Caller, 1, CancellationToken.None);
        Assert.Equal(finding, Assert.Single(stored.Receipt.Findings));
    }

    [Fact]
    public async Task Submit_ExplanationForAHardFinding_DoesNotHelp()
    {
        var command = TestSilo.Command("a", ("5.1", 1), ("5.1.a", 2)) with
        {
            Explanations = [new Explanation("5.1.a<=5.1", "because")],
        };

        await RefusedAsync(RefusalKind.Invalid, () => Ledger(CountyOne).Submit(Caller, command, CancellationToken.None));
    }

    [Fact]
    public async Task Validate_Findings_AreTheSameAndNothingIsDone()
    {
        var command = TestSilo.Command("a", ("1.1", 1), ("1.2", 2), ("5.1", 1), ("5.1.a", 2));

        var findings = await Ledger(CountyOne).Validate(Caller, command, CancellationToken.None);

        Assert.Equal(
            [("5.1.a<=5.1", Severity.Hard), ("1.2<=1.1", Severity.Soft)],
            findings.Select(finding => (finding.CheckId, finding.Severity)));
        Assert.Empty(await Ledger(CountyOne).Validate(Caller, Command("a", 1), CancellationToken.None));
        Assert.Empty(await Ledger(CountyOne).History(Caller, CancellationToken.None));
        Assert.Null(await TotalAsync(CountyOne));
        Assert.Equal(1, (await SubmitAsync(CountyOne, "a", 1)).Revision);
    }

    [Fact]
    public async Task Submit_ChangeAgainstLastYear_NeedsAnExplanation()
    {
        var lastYear = Silo.Ledger(Statutory(CountyOne, "2016"));
        await lastYear.Submit(Caller, TestSilo.Command("a", ("6", 100)), CancellationToken.None);

        var command = TestSilo.Command("b", ("6", 151));
        var refusal = await RefusedAsync(RefusalKind.Invalid,
            () => Silo.Ledger(Statutory(CountyOne)).Submit(Caller, command, CancellationToken.None));

        Assert.Equal(("cells[6]", "151 : 100"), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
        command = command with { Explanations = [new Explanation("change:6", "a campaign")] };
        var receipt = await Silo.Ledger(Statutory(CountyOne)).Submit(Caller, command, CancellationToken.None);
        Assert.Equal("change:6", Assert.Single(receipt.Findings).CheckId);
        Assert.Empty((await Silo.Ledger(Statutory(CountyTwo)).Submit(
            Caller, TestSilo.Command("b", ("6", 151)), CancellationToken.None)).Findings);
    }

    [Fact]
    public async Task Validate_LastYearFiledWhileTheLedgerIsOpen_IsCompared()
    {
        var command = TestSilo.Command("a", ("6", 151));
        Assert.Empty(await Silo.Ledger(Statutory(County)).Validate(Caller, command, CancellationToken.None));
        var lastYear = Silo.Ledger(Statutory(County, "2016"));
        await lastYear.Submit(Caller, TestSilo.Command("b", ("6", 100)), CancellationToken.None);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));

        var findings = await Silo.Ledger(Statutory(County)).Validate(Caller, command, CancellationToken.None);

        Assert.Equal("change:6", Assert.Single(findings).CheckId);
        await lastYear.Withdraw(Caller, new WithdrawCommand { RequestId = "c", Reason = "wrong" }, CancellationToken.None);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await Silo.Ledger(Statutory(County)).Validate(Caller, command, CancellationToken.None));
    }
}
