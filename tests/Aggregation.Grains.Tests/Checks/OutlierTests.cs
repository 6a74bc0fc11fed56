using System.Text;
using Aggregation.Contracts;
using Aggregation.Contracts.Checks;
using Aggregation.Contracts.Ledgers;
using Aggregation.Contracts.Tenants;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Loading;

namespace Aggregation.Grains.Tests.Checks;

/// <summary>Figures far from the unit's own earlier ones, or from those of the units beside it.</summary>
public sealed class OutlierTests(ClassSilo silo) : SiloTest(silo)
{
    private const string Definition = """
        {
          "id": "far", "name": { "zh": "表", "en": "Form" }, "periods": ["year"],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }],
          "indicators": [
            { "code": "a", "name": { "zh": "甲", "en": "A" }, "section": "1", "unit": "件" },
            { "code": "b", "name": { "zh": "乙", "en": "B" }, "section": "1", "unit": "件" }
          ],
          "checks": [
            { "id": "b<=a", "severity": "hard", "rule": "[b] <= [a]", "message": { "zh": "乙多于甲", "en": "B is over A" } },
            { "id": "b>0", "severity": "soft", "rule": "[b] > 0", "message": { "zh": "乙为零", "en": "B is nothing" } }
          ],
          "outliers": {
            "cells": ["a"],
            "history": { "periods": 6, "least": 5 },
            "peers": { "least": 5 }
          }
        }
        """;

    /// <summary>Seven departments of one county; a bureau of another kind and one of another county beside them.</summary>
    private const string MoreUnits = """
        code,name,kind,level,parent,from,to
        360302-S01,One,department,,360302,,
        360302-S02,Two,department,,360302,,
        360302-S03,Three,department,,360302,,
        360302-S04,Four,department,,360302,,
        360302-S05,Five,department,,360302,,
        360302-S06,Six,department,,360302,,
        360302-S07,Seven,department,,360302,,
        360302-I01,Other kind,institution,,360302,,
        """;

    private const string Seventh = "360302-S07";

    protected override FormCatalog Forms => FormCatalog.Load(new FormSource("far.json", new MemoryStream(Encoding.UTF8.GetBytes(Definition))));

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await Silo.Tenant(Tenant).ImportUnits(Caller, new ImportUnitsCommand { Csv = MoreUnits });
    }

    [Fact]
    public async Task Submit_FarFromItsOwnHistory_NeedsAnExplanationThatTheReceiptKeeps()
    {
        for (var year = 2011; year <= 2016; year++)
        {
            await SubmitAsync(CountyOne, year, year - 2001);
        }

        // Median 12.5 of 10..15, MAD 1.5: 3.5 · 1.4826 · 1.5 = 7.78.
        Assert.Empty((await SubmitAsync(CountyOne, 2017, 20)).Findings);
        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(CountyOne, 2017, 21));
        var violation = Assert.Single(refusal.Violations);
        Assert.Equal(("cells[a]", "21 : 12.5"), (violation.Field, violation.Value));
        Assert.EndsWith("(needs an explanation for outlier-history:a)", violation.MessageEn, StringComparison.Ordinal);
        Assert.EndsWith("（须附情况说明：outlier-history:a）", violation.MessageZh, StringComparison.Ordinal);

        var receipt = await SubmitAsync(CountyOne, 2017, 21, "outlier-history:a");
        Assert.Equal(("outlier-history:a", "because"), (Assert.Single(receipt.Findings).CheckId, receipt.Findings[0].Explanation));
    }

    [Fact]
    public async Task Submit_HistoryTooShort_HasNoFinding()
    {
        for (var year = 2013; year <= 2016; year++)
        {
            await SubmitAsync(CountyOne, year, 10 + year - 2013);
        }

        Assert.Empty((await SubmitAsync(CountyOne, 2017, 5000)).Findings);
    }

    [Fact]
    public async Task Submit_FarFromItsPeers_IsComparedWithUnitsOfItsKindButNotWithItself()
    {
        await FileSixPeersAsync();
        await SubmitAsync("360302-I01", 2017, 9000);
        await SubmitAsync(Lonely, 2017, 9000);
        await SubmitAsync(CountyTwo, 2017, 9000);

        var refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync(Seventh, 2017, 21));
        Assert.Equal(("cells[a]", "21 : 12.5"), (Assert.Single(refusal.Violations).Field, refusal.Violations[0].Value));
        Assert.Contains("the median of 6 units beside it is 12.5", refusal.Violations[0].MessageEn, StringComparison.Ordinal);

        // What it has filed itself is in nobody's way when it is corrected, and in the sample of the others.
        await SubmitAsync(Seventh, 2017, 9000, "outlier-peers:a");
        Silo.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Empty((await SubmitAsync(Seventh, 2017, 20)).Findings);
        Silo.Clock.Advance(TimeSpan.FromSeconds(6));
        refusal = await RefusedAsync(RefusalKind.Invalid, () => SubmitAsync("360302-S01", 2017, 99));
        Assert.Equal("99 : 13.5", Assert.Single(refusal.Violations).Value);
    }

    [Fact]
    public async Task Validate_EveryKindOfFinding_ComesAtOnceInBothLanguages()
    {
        await FileSixPeersAsync();
        for (var year = 2011; year <= 2016; year++)
        {
            await SubmitAsync(Seventh, year, year - 2001);
        }

        await Silo.Tenant(Tenant).DefineCheck(Caller, new CheckDefinition
        {
            Form = "far", CheckId = "office", Severity = Severity.Soft, Rule = "[a] <= 100", MessageZh = "甲过大 {left}", MessageEn = "A is over 100: {left}",
        });

        var findings = await Far(Seventh, 2017).Validate(Caller, TestSilo.Command("v", ("a", 5000), ("b", 6000)), CancellationToken.None);

        Assert.Equal(
            [
                ("b<=a", Severity.Hard, "b", "6000 : 5000", "[b] <= [a]"),
                ("outlier-history:a", Severity.Soft, "a", "5000 : 12.5", findings[1].Rule),
                ("outlier-peers:a", Severity.Soft, "a", "5000 : 12.5", findings[2].Rule),
                ("office", Severity.Soft, "a", "5000 : 100", "[a] <= 100"),
            ],
            findings.Select(finding => (finding.CheckId, finding.Severity, finding.Cell, finding.Value, finding.Rule)));
        Assert.Equal(("甲过大 5000", "A is over 100: 5000"), (findings[3].MessageZh, findings[3].MessageEn));
        Assert.All(findings, finding => Assert.True(finding.MessageZh.Length > 0 && finding.MessageEn.Length > 0));
    }

    private ILedgerGrain Far(string unit, int year) => Silo.Ledger(new LedgerKey(Tenant, "far", Text(year), unit));

    private async Task FileSixPeersAsync()
    {
        for (var i = 1; i <= 6; i++)
        {
            await SubmitAsync($"360302-S0{Text(i)}", 2017, 9 + i);
        }

        // A sample may be some seconds old.
        Silo.Clock.Advance(TimeSpan.FromSeconds(6));
    }

    private Task<Receipt> SubmitAsync(string unit, int year, long value, string? explained = null) => Far(unit, year).Submit(
        Caller,
        TestSilo.Command($"{Text(year)}-{Text(value)}-{explained}", ("a", value), ("b", 1)) with
        {
            Explanations = explained is null ? [] : [new Explanation(explained, "because")],
        },
        CancellationToken.None);
}
