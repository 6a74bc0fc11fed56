using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;

namespace Aggregation.Grains.Tests.Checks;

/// <summary>Checks that a tenant's office defines beside those of the forms.</summary>
public sealed class OfficeCheckTests(ClassSilo silo) : SiloTest(silo)
{
    private static readonly CheckDefinition AtMostTen = new()
    {
        Form = "interaction",
        CheckId = "few",
        Severity = Severity.Soft,
        Rule = "[1.1] <= 10",
        MessageZh = "1.1 为 {left}，多于 {right}",
        MessageEn = "1.1 is {left}, more than {right}",
    };

    private ITenantGrain South => Silo.Tenant(Tenant);

    [Fact]
    public async Task Submit_SoftCheckOfTheOffice_NeedsAnExplanationThatTheReceiptKeeps()
    {
        await SubmitAsync(CountyOne, "before", 11);
        await South.DefineCheck(Caller, AtMostTen);

        Assert.Empty((await SubmitAsync(CountyOne, "ten", 10)).Findings);
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(CountyOne, "eleven", 11));
        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(
            ("cells[1.1]", "11 : 10", "[1.1] <= 10", "1.1 为 11，多于 10（须附情况说明：few）", "1.1 is 11, more than 10 (needs an explanation for few)"),
            (violation.Field, violation.Value, violation.Rule, violation.MessageZh, violation.MessageEn));

        var explained = Command("explained", 11) with { Explanations = [new Explanation("few", "a busy year")] };
        var receipt = await Ledger(CountyOne).Submit(Caller, explained, CancellationToken.None);
        Assert.Equal(("few", Severity.Soft, "a busy year"), (Assert.Single(receipt.Findings).CheckId, receipt.Findings[0].Severity, receipt.Findings[0].Explanation));
        var stored = await Ledger(CountyOne).Get(Caller, receipt.Revision, CancellationToken.None);
        Assert.Equal(receipt.Findings[0], Assert.Single(stored.Receipt.Findings));
    }

    [Fact]
    public async Task Submit_HardCheckOfTheOffice_RefusesWhateverIsExplained()
    {
        await South.DefineCheck(Caller, AtMostTen with { Severity = Severity.Hard });

        var explained = Command("a", 11) with { Explanations = [new Explanation("few", "a busy year")] };

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Ledger(CountyOne).Submit(Caller, explained, CancellationToken.None));
        Assert.Equal("1.1 is 11, more than 10", Assert.Single(refusal.Violations).MessageEn);
    }

    [Fact]
    public async Task Retire_AfterARestart_EndsTheCheckAndKeepsItListed()
    {
        await South.DefineCheck(Caller, AtMostTen);
        await RestartAsync();
        await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(CountyOne, "a", 11));

        var retired = await South.RetireCheck(Caller, "interaction", "few");

        await SubmitAsync(CountyOne, "a", 11);
        Assert.NotNull(retired.RetiredAt);
        Assert.Equal(retired, await South.RetireCheck(Caller, "interaction", "few"));
        await RestartAsync();
        Assert.Equal(retired, Assert.Single(await South.ListChecks(Caller, null)));
        await RefusedAsync(RefusalKind.NotFound, () => South.RetireCheck(Caller, "interaction", "many"));
        await RefusedAsync(RefusalKind.NotFound, () => South.RetireCheck(Caller, "2014", "few"));
    }

    [Fact]
    public async Task Define_FaultyCheck_IsRefusedNamingEachFieldPositionAndRule()
    {
        var faulty = AtMostTen with { CheckId = "a b", Rule = "[1.1] <= [9.9]", MessageZh = " ", MessageEn = "{middle}" };

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => South.DefineCheck(Caller, faulty));

        Assert.Equal(
            [
                ("check.check_id", "a b", "up to 32 letters, digits, '.', '-', '_' after a letter or digit"),
                ("check.message_zh", " ", "1–300 characters"),
                ("check.message_en", "{middle}", "no braces but {left} and {right}"),
                ("check.rule", "[1.1] <= [9.9]", "position 11: cell '9.9' is unknown"),
            ],
            refusal.Violations.Select(violation => (violation.Field, violation.Value, violation.Rule)));
        Assert.All(refusal.Violations, violation => Assert.NotEmpty(violation.MessageZh));
        await RefusedAsync(RefusalKind.NotFound, () => South.DefineCheck(Caller, AtMostTen with { Form = "none" }));
        refusal = await RefusedAsync(RefusalKind.Invalid, () => South.DefineCheck(Caller, AtMostTen with { Form = "2014", CheckId = "quarters", Rule = "[6] > 0" }));
        Assert.Equal(("check.check_id", "no check of the form itself"), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Rule));
        refusal = await RefusedAsync(RefusalKind.Invalid, () => South.DefineCheck(Caller, AtMostTen with { Severity = Severity.Hard, Rule = "[1.1] >= last [1.1]" }));
        Assert.Equal(("check.severity", "soft where another report is read"), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Rule));
        Assert.Empty(await South.ListChecks(Caller, null));
    }

    [Fact]
    public async Task Define_Again_IsTheSameDecisionButAnIdIsNotUsedForAnother()
    {
        var defined = await South.DefineCheck(Caller, AtMostTen);

        Silo.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(defined, await South.DefineCheck(Caller, AtMostTen));
        await RefusedAsync(RefusalKind.AlreadyExists, () => South.DefineCheck(Caller, AtMostTen with { Rule = "[1.1] <= 11" }));
        await South.RetireCheck(Caller, "interaction", "few");
        await RefusedAsync(RefusalKind.AlreadyExists, () => South.DefineCheck(Caller, AtMostTen));
        await South.DefineCheck(Caller, AtMostTen with { Form = "2014", Rule = "[6] <= 10" });
        Assert.Equal(["interaction/few", "2014/few"], (await South.ListChecks(Caller, null)).Select(check => $"{check.Definition.Form}/{check.Definition.CheckId}"));
        Assert.Equal(["2014"], (await South.ListChecks(Caller, "2014")).Select(check => check.Definition.Form));
    }

    [Fact]
    public async Task DefineRetireList_ByOthers_AreRefused()
    {
        var clerk = Caller with { IsAdministrator = false };
        await South.DefineCheck(Caller, AtMostTen);

        await RefusedAsync(RefusalKind.Forbidden, () => South.DefineCheck(clerk, AtMostTen));
        await RefusedAsync(RefusalKind.Forbidden, () => South.RetireCheck(clerk, "interaction", "few"));
        Assert.Single(await South.ListChecks(clerk, null));
        var stranger = TestSilo.Everything("north");
        await RefusedAsync(RefusalKind.NotFound, () => South.DefineCheck(stranger, AtMostTen));
        await RefusedAsync(RefusalKind.NotFound, () => South.RetireCheck(stranger, "interaction", "few"));
        await RefusedAsync(RefusalKind.NotFound, () => South.ListChecks(stranger, null));
    }
}
