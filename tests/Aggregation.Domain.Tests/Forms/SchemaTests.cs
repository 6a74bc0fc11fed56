using System.Text.Json;
using Aggregation.Domain.Forms;

namespace Aggregation.Domain.Tests.Forms;

public sealed class SchemaTests
{
    /// <summary>A definition that uses every property there is.</summary>
    private const string Everything = """
        {
          "$schema": "../form.schema.json",
          "id": "all", "name": { "zh": "全", "en": "All" }, "note": { "zh": "注", "en": "Note" },
          "periods": ["year", "quarter", "month"], "plansAhead": true, "firstYear": 2014, "lastYear": 2018, "max": 1000,
          "headings": [
            { "code": "g", "name": { "zh": "组", "en": "Group" }, "mark": "（一）" },
            { "code": "h", "name": { "zh": "头", "en": "Heading" }, "under": "g" }
          ],
          "sections": [{ "code": "1", "name": { "zh": "节", "en": "Section" } }, { "code": "2", "name": { "zh": "节", "en": "Two" }, "columns": ["k"], "corner": { "zh": "角", "en": "Corner" }, "across": true }],
          "columns": [{ "code": "k", "name": { "zh": "栏", "en": "Column" }, "kind": "closing", "under": "g" }],
          "indicators": [
            { "code": "a", "name": { "zh": "甲", "en": "A" }, "section": "1", "unit": "件" },
            { "code": "b", "name": { "zh": "乙", "en": "B" }, "note": { "zh": "注", "en": "Note" }, "section": "1",
              "unit": "件", "scale": 6, "kind": "opening", "parent": "a", "max": 10, "columns": ["k"] },
            { "code": "c", "name": { "zh": "丙", "en": "C" }, "section": "2", "unit": "件", "mark": "1.", "under": "h" },
            { "code": "d", "name": { "zh": "丁", "en": "D" }, "section": "1", "unit": "件" }
          ],
          "checks": [
            { "id": "r", "severity": "hard", "rule": "[b:k] <= [a]", "message": { "zh": "{left}", "en": "{right}" } },
            { "id": "s:{row}", "severity": "hard", "forEach": { "rowsOf": "2" }, "fills": true, "rule": "[d] = [{row}:k]", "message": { "zh": "{row}", "en": "{left}" } },
            { "id": "l:{column}", "severity": "soft", "forEach": { "columnsOf": "c" }, "rule": "[c:{column}] = last [d]", "message": { "zh": "{column}", "en": "{left}" } },
            { "id": "change", "severity": "soft", "change": { "percent": 50, "number": 20, "cells": ["a"] } }
          ],
          "derived": [
            { "code": "x", "name": { "zh": "比", "en": "Ratio" }, "unit": "%", "numerator": "[b:k]", "denominator": "[a]",
              "decimals": 1, "percent": true }
          ],
          "report": { "title": { "zh": "报告", "en": "Report" }, "chapters": [
            { "mark": "一、", "name": { "zh": "章", "en": "Chapter" }, "sections": ["1", "2"] }, { "name": { "zh": "文", "en": "Text" } }
          ] },
          "outliers": {
            "cells": ["a"], "threshold": 3.5, "number": 10,
            "history": { "periods": 8, "least": 6 }, "peers": { "most": 100, "least": 10 }, "ties": true
          }
        }
        """;

    private static readonly JsonElement Schema = Read(FormCatalog.OpenSchema());

    public static TheoryData<string> Definitions => [.. typeof(Form).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Forms/Definitions/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Definitions))]
    public void BuiltInDefinition_AgainstTheSchema_Conforms(string resource)
    {
        var validator = new SchemaValidator(Schema);
        validator.Validate(Read(typeof(Form).Assembly.GetManifestResourceStream(resource)!));
        Assert.Empty(validator.Violations);
    }

    [Fact]
    public void Definitions_Embedded_AreAsManyAsTheForms() => Assert.Equal(Report.Catalog.Forms.Length, Definitions.Count);

    [Fact]
    public void EveryDeclaredProperty_InADefinition_IsReadByTheLoader()
    {
        var validator = new SchemaValidator(Schema);
        validator.Validate(JsonElement.Parse(Everything));

        Assert.Empty(validator.Violations);
        Assert.Equal(validator.Declared().Order(StringComparer.Ordinal), validator.Met.Order(StringComparer.Ordinal));
        Assert.Equal("all", Report.Compile(Everything).Id);
    }

    [Theory]
    [InlineData("\"decimals\": 1", "\"decimals\": 7")]
    [InlineData("\"scale\": 6", "\"digits\": 6")]
    [InlineData("\"severity\": \"hard\"", "\"severity\": \"firm\"")]
    [InlineData("\"rule\": \"[b:k] <= [a]\", ", "")]
    [InlineData("\"firstYear\": 2014", "\"firstYear\": 14")]
    [InlineData("\"plansAhead\": true", "\"plansAhead\": 1")]
    [InlineData("\"periods\": [\"year\", ", "\"periods\": [\"week\", ")]
    [InlineData("\"code\": \"x\"", "\"code\": \"x y\"")]
    [InlineData("\"threshold\": 3.5", "\"threshold\": 0.5")]
    [InlineData("\"most\": 100", "\"most\": 1000")]
    [InlineData("\"history\": { \"periods\": 8, \"least\": 6 }, \"peers\": { \"most\": 100, \"least\": 10 }, \"ties\"", "\"ties\"")]
    public void FaultyDefinition_IsRefusedBySchemaAndLoaderAlike(string right, string wrong)
    {
        var json = Everything.Replace(right, wrong, StringComparison.Ordinal);
        var validator = new SchemaValidator(Schema);
        validator.Validate(JsonElement.Parse(json));

        Assert.NotEmpty(validator.Violations);
        Assert.ThrowsAny<Exception>(() => Report.Compile(json));
    }

    private static JsonElement Read(Stream stream)
    {
        using (stream)
        using (var document = JsonDocument.Parse(stream))
            return document.RootElement.Clone();
    }
}
