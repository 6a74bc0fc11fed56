using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Loading;

namespace Aggregation.Grains.Tests.Checks;

/// <summary>Checks that compare a report with what the same unit reported on other forms and for other periods.</summary>
public sealed class OtherReportTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Definition = """
        {
          "id": "summary", "name": { "zh": "表", "en": "Form" }, "periods": ["year"],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }],
          "indicators": [{ "code": "a", "name": { "zh": "甲", "en": "A" }, "section": "1", "unit": "件" }],
          "checks": [
            {
              "id": "a=detail", "severity": "soft", "rule": "[a] = form(2014) [6]",
              "message": { "zh": "甲 {left} 与 2014 表 {right} 不一致", "en": "A {left} is not {right} of form 2014" }
            }
          ]
        }
        """;

    private static readonly CheckDefinition Office = new()
    {
        Form = "interaction", CheckId = "x", Severity = Severity.Soft, Rule = "", MessageZh = "左 {left} 右 {right}", MessageEn = "{left} is not {right}",
    };

    protected override FormCatalog Forms =>
        FormCatalog.Load(new FormSource("summary.json", new MemoryStream(Encoding.UTF8.GetBytes(Definition))));

    [Fact]
    public async Task Submit_AgainstAnotherForm_AppliesOnceThatIsFiledAndReadsItAsItIsNow()
    {
        Assert.Empty((await Summary("before", 5)).Findings);
        await File("2014", "2017", "d", ("6", 7));

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Summary("a", 5));
        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(
            ("cells[a]", "5 : 7", "[a] = form(2014) [6]", "A 5 is not 7 of form 2014 (needs an explanation for a=detail)"),
            (violation.Field, violation.Value, violation.Rule, violation.MessageEn));
        Assert.Equal(["a=detail 5 : 7"], await ValidateAsync(("a", 5)));
        Assert.Empty((await Summary("b", 7)).Findings);

        await File("2014", "2017", "d2", ("6", 8));
        Assert.Equal(["a=detail 7 : 8"], await ValidateAsync(("a", 7)));
        await Of("2014", "2017").Submit(Caller, new SubmitCommand { RequestId = "nil", Nil = true }, default);
        Assert.Equal(["a=detail 7 : 0"], await ValidateAsync(("a", 7)));
        await Of("2014", "2017").Withdraw(Caller, new WithdrawCommand { RequestId = "w", Reason = "wrong" }, default);
        Assert.Empty(await ValidateAsync(("a", 7)));
        await File("2014", "2016", "other year", ("6", 9));
        await Silo.Ledger(new LedgerKey(Tenant, "2014", "2017", CountyTwo)).Submit(Caller, TestSilo.Command("other unit", ("6", 9)), default);
        Assert.Empty(await ValidateAsync(("a", 7)));
    }

    [Theory]
    [InlineData("[1.1] = form(2014) [6]", "5 : 7")]
    [InlineData("[1.1] = last form(2014) [6]", "5 : 6")]
    [InlineData("[1.1] = quarters form(2014) [6]", "5 : 10")]
    [InlineData("[1.1] = last [1.1]", "5 : 4")]
    [InlineData("[1.1] = quarters [1.1]", "5 : 100")]
    [InlineData("2*[1.1] >= 3*last [1.1] + form(2014) [6]", "10 : 19")]
    public async Task OfficeCheck_OnOtherReports_FindsTheSameInValidateSubmitAndTrial(string rule, string value)
    {
        await File("2014", "2017", "d", ("6", 7));
        await File("2014", "2016", "d", ("6", 6));
        await File("interaction", "2016", "i", ("1.1", 4), ("1.2", 4));
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            await File("2014", $"2017Q{Text(quarter)}", $"q{Text(quarter)}", ("6", quarter));
            await File("interaction", $"2017Q{Text(quarter)}", $"i{Text(quarter)}", ("1.1", 10L * quarter), ("1.2", 1));
        }

        // The form's own check on its quarters finds something here too.
        var explained = Command("year", 5) with { Explanations = [new("x", "so it is"), new("quarters", "x"), new("quarters:1.1", "x"), new("quarters:1.2", "x")] };
        await Ledger(CountyOne).Submit(Caller, explained, default);
        var definition = Office with { Rule = rule };
        var trial = await Silo.CheckTrial(Key(CountyOne)).Try(Caller, new TryCheckQuery { Definition = definition, Limit = 10 }, default);
        await Silo.Tenant(Tenant).DefineCheck(Caller, definition);
        Silo.Clock.Advance(TimeSpan.FromSeconds(2));

        var validated = await Ledger(CountyOne).Validate(Caller, Command("v", 5), default);
        var receipt = await Ledger(CountyOne).Submit(Caller, explained with { RequestId = "again" }, default);

        Assert.Equal((1, value), (trial.Found, trial.Units[0].Finding.Value));
        Assert.Equal(value, Assert.Single(validated, finding => finding.CheckId == "x").Value);
        Assert.Equal(("1.1", value), Assert.Single(receipt.Findings, finding => finding.CheckId == "x") is var kept ? (kept.Cell, kept.Value) : default);
    }

    [Fact]
    public async Task OfficeCheck_OtherReportNotFiled_DoesNotApply()
    {
        await File("interaction", "2017Q1", "q", ("1.1", 1), ("1.2", 1));
        foreach (var (number, rule) in new[] { "[1.1] = form(2014) [6]", "[1.1] = quarters [1.1]", "[1.1] = quarters form(2014) [6]", "[1.1] = last form(2014) [6]" }.Index())
        {
            await Silo.Tenant(Tenant).DefineCheck(Caller, Office with { CheckId = $"c{Text(number)}", Rule = rule });
        }

        Assert.Empty((await SubmitAsync(CountyOne, "a", 5)).Findings);
        Assert.Empty((await Ledger(CountyOne, "2017Q2").Submit(Caller, Command("q2", 5), default)).Findings);
    }

    [Theory]
    [InlineData("[1.1] = form(none) [6]", "position 14: form 'none' is unknown")]
    [InlineData("[1.1] = form(2014) [1.2]", "position 21: cell '1.2' of form '2014' is unknown")]
    [InlineData("[1.1] = quarters form(2021) [3.1:total]", "position 18: form '2021' is not reported by quarter, or form 'interaction' not by year")]
    public async Task OfficeCheck_UnknownFormOrCell_IsRefusedByPosition(string rule, string fault)
    {
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => Silo.Tenant(Tenant).DefineCheck(Caller, Office with { Rule = rule }));

        Assert.Equal(("check.rule", fault), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Rule));
    }

    private ILedgerGrain Of(string form, string period) => Silo.Ledger(new LedgerKey(Tenant, form, period, CountyOne));

    private Task<Receipt> Summary(string request, long value) => File("summary", "2017", request, ("a", value));

    private Task<Receipt> File(string form, string period, string request, params (string Cell, long Value)[] cells) =>
        Of(form, period).Submit(Caller, TestSilo.Command($"{form}.{period}.{request}", [.. cells]), default);

    private async Task<string[]> ValidateAsync(params (string Cell, long Value)[] cells) =>
    [
        .. (await Of("summary", "2017").Validate(Caller, TestSilo.Command("v", [.. cells]), default)).Select(finding => $"{finding.CheckId} {finding.Value}"),
    ];
}
