using System.Text.Json;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Periods;

namespace Aggregation.Domain.Forms.Loading;

/// <summary>Reads the JSON format that <c>form.schema.json</c> describes.</summary>
internal static class FormDefinitionReader
{
    /// <summary>The bound of a cell whose form states none, in whole units.</summary>
    public const long DefaultMax = 1_000_000_000;

    private static readonly Dictionary<string, PeriodKind> PeriodKinds = new(StringComparer.Ordinal)
    {
        ["year"] = PeriodKind.Year,
        ["quarter"] = PeriodKind.Quarter,
        ["month"] = PeriodKind.Month,
    };

    private static readonly Dictionary<string, CellKind> CellKinds = new(StringComparer.Ordinal)
    {
        ["flow"] = CellKind.Flow,
        ["stock"] = CellKind.Stock,
        ["opening"] = CellKind.OpeningStock,
        ["closing"] = CellKind.ClosingStock,
    };

    private static readonly Dictionary<string, Severity> Severities = new(StringComparer.Ordinal)
    {
        ["hard"] = Severity.Hard,
        ["soft"] = Severity.Soft,
    };

    public static FormDefinition Read(JsonElement root, FaultList faults)
    {
        var form = new JsonPart(root, "form", faults);
        form.Ignore("$schema");
        form.Ignore("note");
        var definition = new FormDefinition(
            form.Code("id"),
            form.LocalText("name"),
            ReadPeriods(form, faults),
            (int?)form.OptionalInteger("firstYear", Period.FirstYear, 9999),
            (int?)form.OptionalInteger("lastYear", Period.FirstYear, 9999),
            form.OptionalInteger("max", 1, long.MaxValue) ?? DefaultMax,
            form.Objects("headings", ReadHeading),
            form.Objects("sections", ReadSection),
            form.Objects("columns", ReadColumn),
            form.Objects("indicators", ReadIndicator),
            form.Objects("checks", ReadCheck),
            form.Objects("derived", ReadDerived),
            form.Has("report") ? ReadReport(form.Object("report")) : null)
        {
            Outliers = OutlierReader.Read(form),
            PlansAhead = form.Flag("plansAhead"),
        };
        form.End();
        return definition;
    }

    private static List<PeriodKind> ReadPeriods(JsonPart form, FaultList faults)
    {
        var kinds = new List<PeriodKind>();
        foreach (var word in form.Texts("periods"))
        {
            if (!PeriodKinds.TryGetValue(word, out var kind))
                faults.Add(form.Subject, $"'periods' holds '{word}', not one of {string.Join(", ", PeriodKinds.Keys)}");
            else if (kinds.Contains(kind))
                faults.Add(form.Subject, $"'periods' holds '{word}' more than once");
            else
                kinds.Add(kind);
        }

        if (kinds.Count == 0)
            faults.Add(form.Subject, "'periods' names no kind of period");
        return kinds;
    }

    private static SectionDefinition ReadSection(JsonPart part)
    {
        var code = Begin(part, "section", "code");
        return new SectionDefinition(code, part.LocalText("name"), part.Texts("columns"),
            part.Has("corner") ? part.LocalText("corner") : null, part.Flag("across"));
    }

    private static HeadingDefinition ReadHeading(JsonPart part)
    {
        var code = Begin(part, "heading", "code");
        return new HeadingDefinition(code, part.LocalText("name"), part.OptionalText("mark") ?? "", part.OptionalText("under"));
    }

    private static ColumnDefinition ReadColumn(JsonPart part)
    {
        var code = Begin(part, "column", "code");
        return new ColumnDefinition(code, part.LocalText("name"), part.Has("kind") ? part.Choice("kind", CellKinds) : null,
            part.OptionalText("under"));
    }

    private static IndicatorDefinition ReadIndicator(JsonPart part)
    {
        var code = Begin(part, "cell", "code");
        part.Ignore("note");
        return new IndicatorDefinition(
            code,
            part.LocalText("name"),
            part.Text("section"),
            part.Text("unit"),
            (int)(part.OptionalInteger("scale", 0, FixedPoint.MaxScale) ?? 0),
            part.Has("kind") ? part.Choice("kind", CellKinds) : CellKind.Flow,
            part.OptionalText("parent"),
            part.OptionalInteger("max", 1, long.MaxValue),
            part.Texts("columns"),
            part.OptionalText("mark") ?? "",
            part.OptionalText("under"));
    }

    private static CheckDefinition ReadCheck(JsonPart part)
    {
        var id = part.Text("id");
        part.Subject = id.Length == 0 ? part.Subject : $"check {id}";
        var severity = part.Choice("severity", Severities);
        if (!part.Has("change"))
        {
            return new CheckDefinition(id, severity, part.Text("rule"), part.LocalText("message"), null,
                part.Has("forEach") ? ReadForEach(part.Object("forEach")) : null, part.Flag("fills"));
        }

        var change = part.Object("change");
        var definition = new ChangeDefinition(
            (int)change.Integer("percent", 1, 1_000_000),
            (int)change.Integer("number", 0, 1_000_000_000),
            change.Has("cells") ? change.Texts("cells") : null);
        change.End();
        return new CheckDefinition(id, severity, null, null, definition, null, false);
    }

    private static ForEachDefinition ReadForEach(JsonPart part)
    {
        var each = part.Has("rowsOf")
            ? new ForEachDefinition(part.Text("rowsOf"), null)
            : new ForEachDefinition(null, part.Text("columnsOf"));
        part.End();
        return each;
    }

    private static ReportDefinition ReadReport(JsonPart part)
    {
        var report = new ReportDefinition(part.LocalText("title"), part.Objects("chapters", ReadChapter));
        part.End();
        return report;
    }

    private static ChapterDefinition ReadChapter(JsonPart part) =>
        new(part.LocalText("name"), part.OptionalText("mark") ?? "", part.Texts("sections"));

    private static DerivedDefinition ReadDerived(JsonPart part)
    {
        var code = Begin(part, "derived", "code");
        return new DerivedDefinition(
            code,
            part.LocalText("name"),
            part.Text("unit"),
            part.Text("numerator"),
            part.Text("denominator"),
            (int)part.Integer("decimals", 0, FixedPoint.MaxScale),
            part.Flag("percent"));
    }

    /// <summary>Reads the code and lets faults name the part by it.</summary>
    private static string Begin(JsonPart part, string what, string name)
    {
        var code = part.Code(name);
        part.Subject = code.Length == 0 ? part.Subject : $"{what} {code}";
        return code;
    }
}
