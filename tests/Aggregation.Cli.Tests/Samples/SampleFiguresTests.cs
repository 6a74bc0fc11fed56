using System.Collections.Immutable;
using System.Globalization;
using Aggregation.Cli.Demo;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;
using Aggregation.V1;
using Cell = Aggregation.V1.Cell;
using CellFigure = Aggregation.Domain.Figures.CellFigure;
using Finding = Aggregation.Domain.Forms.Finding;
using Form = Aggregation.Domain.Forms.Form;
using Severity = Aggregation.Domain.Forms.Severity;

namespace Aggregation.Cli.Tests.Samples;

public sealed class SampleFiguresTests
{
    private const long Billion = 1_000_000_000;

    private static readonly FormCatalog Catalog = FormCatalog.Load();

    /// <summary>The figures as printed in the five reports.</summary>
    public static TheoryData<string, string, string, string, string> Printed => new()
    {
        { "south", "360300", "items-by-class", "2012", "total=41126 1=1522 2=8349 3=1110 4=23113 5=864 6=905 7=370 8-9=4893" },
        { "south", "360300", "items-by-key-area", "2012", "total=6248 applications=12 in-time=12" },
        { "south", "360300", "interaction", "2012", "1.1=2975 1.2=2822 2.1=10 2.3=19 2.4=580 3.1=572 3.2=79 3.3=6 3.4=186 4.2=450 5.1=36 5.1.a=36 5.2=36" },
        { "south", "360300", "lists", "2012", "1.4=334" },
        { "south", "340700", "2014", "2017", "1.1=21000 1.2.2=21000 2.1=121 2.2.1=35 2.2.3=165 9.2=12 9.3=200" },
        { "south", "340700", "items-by-key-area", "2017", "total=3000" },
        { "south", "340700", "interaction", "2017", "5.1=80 2.3=35 2.5=165 2.6=121 4.1=12 4.2=200" },
        {
            "south", "340700", "lists", "2017",
            "1.1=1619 1.1.a=54 1.2=5327 1.2.a=88 1.3=49 2.1=1259 2.1.a=293 2.2=64 3.1=90 3.2=115 4.1=201 4.2=27 4.3=39 4.4=35 "
            + "5.1=883 5.2=1306 5.3=175 5.4=367 5.5=169 5.6=22"
        },
        { "south", "411300-G01", "interaction", "2017", "1.1=141 1.2=118" },
        { "north", "210423", "2014", "2015", "1.1=3678 1.2.2=3678 1.1.a=140 1.1.b=140" },
        { "north", "210423", "lists", "2015", "1.1=1114 1.3=39 1.4=305 6.1=24" },
        { "north", "210423", "interaction", "2015", "1.1=39 1.2=39 2.2=12 5.1=3 5.2=3" },
        { "north", "371323", "items-by-class", "2008", "total=3000" },
        { "north", "371323", "lists", "2008", "2.2=38" },
        { "north", "371323", "interaction", "2008", "2.2=194" },
    };

    /// <summary>Shares and reductions as printed, derived from the sums.</summary>
    public static TheoryData<string, string, string, string, string> PrintedShares => new()
    {
        {
            "south", "360300", "items-by-class", "2012",
            "share-1=3.7 share-2=20.3 share-3=2.7 share-4=56.2 share-5=2.1 share-6=2.2 share-7=0.9 share-8-9=11.9"
        },
        { "south", "360300", "interaction", "2012", "reply-rate=94.9 in-time-rate=100.0" },
        { "south", "340700", "lists", "2017", "powers-cut=69.61 licences-cut=38.64 fees-cut=21.7 intermediary-cut=24.7" },
    };

    [Theory]
    [MemberData(nameof(Printed))]
    public async Task Sums_OfEveryReport_AreThePrintedFigures(string tenant, string unit, string form, string period, string figures)
    {
        var sample = await SampleFolder.ReadAsync(tenant);

        var sums = Sum(sample, unit, form, period);

        foreach (var figure in figures.Split(' ').Select(each => each.Split('=')))
        {
            Assert.Equal(long.Parse(figure[1], CultureInfo.InvariantCulture), (long)(sums[figure[0]] / Billion));
        }
    }

    [Theory]
    [MemberData(nameof(PrintedShares))]
    public async Task Derived_FromSums_AreThePrintedShares(string tenant, string unit, string form, string period, string figures)
    {
        var sample = await SampleFolder.ReadAsync(tenant);
        var definition = Catalog.Get(form);
        var sums = Sum(sample, unit, form, period);
        var builder = new FiguresBuilder(definition.Cells.Length);
        foreach (var (cell, sum) in sums)
        {
            builder.Set(definition.IndexOf(cell), (long)(sum / Billion));
        }

        var total = builder.Build();
        foreach (var figure in figures.Split(' ').Select(each => each.Split('=')))
        {
            var derived = definition.Derived.Single(each => each.Code == figure[0]);
            Assert.Equal(figure[1], derived.Evaluate(total)?.ToString(CultureInfo.InvariantCulture));
        }
    }

    [Fact]
    public async Task Zone_Table_GivesEveryCellOfTheForm()
    {
        var sample = await SampleFolder.ReadAsync("south");

        var zone = sample.Submissions.Single(item => item.Request is { Unit: "411300-G01", Form: "2014" });

        Assert.Equal(Catalog.Get("2014").Cells.Select(cell => cell.Code), zone.Request.Cells.Select(cell => cell.Code));
        Assert.Equal("2017-01-11", zone.Request.FiledOn);
        Assert.Equal(["filed-early", "narrative:1.1", "narrative:1.2.5", "narrative:3.1"], Check(zone.Request).Select(finding => finding.CheckId).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("south")]
    [InlineData("north")]
    public async Task Submissions_All_PassTheChecks(string tenant)
    {
        var sample = await SampleFolder.ReadAsync(tenant);

        foreach (var item in sample.Submissions)
        {
            var explained = item.Request.Explanations.Select(explanation => explanation.CheckId).ToHashSet(StringComparer.Ordinal);
            var open = Check(item.Request).Where(finding => finding.Severity == Severity.Hard || !explained.Contains(finding.CheckId));
            Assert.True(!open.Any(), $"{item.Source} {item.Request.Form}: {string.Join("; ", open.Select(finding => finding.MessageEn))}");
        }
    }

    [Fact]
    public async Task WrongCopy_OfTheZone_BreaksEachRuleOnce()
    {
        var file = new FileInfo(Path.Combine(SampleFolder.Root.FullName, "south", "nanyang-wrong.json"));
        var wrong = Assert.Single(await Cli.Files.SubmissionFiles.ReadAsync([file], Cli.Files.TextFiles.OfSamples, CancellationToken.None));

        var findings = Check(wrong.Request);

        Assert.Equal(
            ["1.1.a<=1.1", "1.2.2<=1.1", "3.1=sum", "3.3=sum", "3.3.4=sum", "5=sum", "8.3=sum"],
            findings.Where(finding => finding.Severity == Severity.Hard).Select(finding => finding.CheckId));
    }

    private static Dictionary<string, Int128> Sum(SampleTenant sample, string unit, string form, string period)
    {
        var cells = sample.Submissions
            .Where(item => item.Request.Form == form && item.Request.Period == period && IsUnder(sample, item.Request.Unit, unit))
            .SelectMany(item => item.Request.Cells);
        return LedgerGroup.Sum(cells.Select(cell => (cell.Code, cell.Amount)));
    }

    private static bool IsUnder(SampleTenant sample, string unit, string above)
    {
        for (var at = unit; at.Length > 0; at = sample.Parents[at])
        {
            if (at == above)
            {
                return true;
            }
        }

        return false;
    }

    private static ImmutableArray<Finding> Check(SubmitRequest request)
    {
        var form = Catalog.Get(request.Form);
        Assert.True(Period.TryParse(request.Period, out var period));
        Assert.True(form.Accepts(period));
        return form.Check(new CheckInput(Read(form, request.Cells), period)
        {
            Narrative = request.Narrative.Count > 0 ? Read(form, request.Narrative) : null,
            FiledOn = request.FiledOn.Length > 0 ? DateOnly.ParseExact(request.FiledOn, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
        });
    }

    private static Domain.Figures.Figures Read(Form form, IEnumerable<Cell> cells)
    {
        CellFigure[] sent = [.. cells.Select(cell => new CellFigure(cell.Code, cell.Amount.Units, cell.Amount.Nanos))];
        var read = FigureReader.TryRead(form, sent, out var figures, out var violations);
        Assert.True(read, string.Join("; ", violations));
        return figures;
    }
}
