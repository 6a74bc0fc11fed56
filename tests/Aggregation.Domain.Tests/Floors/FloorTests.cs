using System.Text.RegularExpressions;

namespace Aggregation.Domain.Tests.Floors;

/// <summary>Which part may refer to which: docs/adr/0027-floors-of-the-grains.md.</summary>
public sealed partial class FloorTests
{
    private static readonly FolderFloors Grains = new(
        "Aggregation.Grains",
        [
            ["Entries"],
            ["Reports"],
            ["Epochs", "Reviews", "Snapshots"],
            ["Tenants"],
            ["Checks"],
            ["Ledgers"],
            ["AsOf", "Audit", "Drafts", "Persons", "Tasks"],
            ["Periods", "Publications"],
            ["Transfer"],
            ["Trails"],
        ],
        ["AggregationGrainsExtensions", "InstrumentStart"]);

    /// <summary>What each project of the product may refer to.</summary>
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Aggregation.Domain"] = [],
        ["Aggregation.Protos"] = [],
        ["Aggregation.Contracts"] = ["Aggregation.Domain"],
        ["Aggregation.Storage"] = ["Aggregation.Domain"],
        ["Aggregation.Grains"] = ["Aggregation.Contracts", "Aggregation.Domain", "Aggregation.Storage"],
        ["Aggregation.ServiceDefaults"] = [],
        ["Aggregation.Operations"] = ["Aggregation.ServiceDefaults"],
        ["Aggregation.Silo"] = ["Aggregation.Contracts", "Aggregation.Grains", "Aggregation.ServiceDefaults", "Aggregation.Storage"],
        ["Aggregation.Gateway"] =
            ["Aggregation.Contracts", "Aggregation.Domain", "Aggregation.Operations", "Aggregation.Protos", "Aggregation.ServiceDefaults"],
        ["Aggregation.Cli"] = ["Aggregation.Domain", "Aggregation.Protos"],
        ["Aggregation.Standalone"] =
            ["Aggregation.Gateway", "Aggregation.Operations", "Aggregation.ServiceDefaults", "Aggregation.Silo"],
    };

    private static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    [Fact]
    public void Grains_EveryFolder_RefersOnlyToFloorsBelowItsOwn()
    {
        var sources = Sources("silo/Aggregation.Grains");
        Assert.Empty(Grains.Unplaced(sources.Keys));
        Assert.Empty(Grains.Breaches(sources));
    }

    [Fact]
    public void Domain_NoSource_RefersToAnotherPart() => Assert.DoesNotContain(
        Sources("silo/Aggregation.Domain"),
        source => Regex.IsMatch(source.Value, @"\bAggregation\.(?!Domain\b)\w+\.|\bGoogle\.Protobuf\b"));

    [Fact]
    public void Projects_EachOfTheProduct_RefersToWhatItMay()
    {
        var found = new[] { "contracts", "silo", "gateway", "hosting" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .ToDictionary(
                path => Path.GetFileNameWithoutExtension(path),
                path => ProjectReference().Matches(File.ReadAllText(path)).Select(match => match.Groups[1].Value).ToList());
        Assert.Equal(Projects.Keys.Order(), found.Keys.Order());
        Assert.All(found, project => Assert.Empty(project.Value.Except(Projects[project.Key])));
    }

    [Theory]
    [InlineData("using Aggregation.Grains.Ledgers;", "Reports/A.cs: Ledgers")]
    [InlineData("using static Aggregation.Grains.Ledgers.OpenLedger;", "Reports/A.cs: Ledgers")]
    [InlineData("using Open = Aggregation.Grains.Ledgers.OpenLedger;", "Reports/A.cs: Ledgers")]
    [InlineData("class A { Ledgers.OpenLedger? a; }", "Reports/A.cs: Ledgers")]
    [InlineData("class A { Grains.Ledgers.OpenLedger? a; }", "Reports/A.cs: Ledgers")]
    [InlineData("class A { global::Aggregation.Grains.Ledgers.OpenLedger? a; }", "Reports/A.cs: Ledgers")]
    [InlineData("class A { string a = AggregationGrainsExtensions.B; }", "Reports/A.cs: AggregationGrainsExtensions")]
    [InlineData("using Aggregation.Grains.Entries;", null)]
    [InlineData("using Aggregation.Contracts.Ledgers;", null)]
    [InlineData("class A { int a = Ledgers.Count; }", null)]
    [InlineData("class A { int a = tenant.Ledgers.OpenLedger; }", null)]
    public void Breaches_OfOneReference_AreThoseThatGoUp(string text, string? breach)
    {
        var breaches = Grains.Breaches(new Dictionary<string, string>
        {
            ["Reports/A.cs"] = text,
            ["Ledgers/OpenLedger.cs"] = "using Aggregation.Grains.Reports;\ninternal sealed partial class OpenLedger;",
        });
        Assert.Equal(breach is null ? [] : [breach], breaches);
    }

    [Fact]
    public void Breaches_FolderOnTheSameFloor_IsOne() => Assert.Equal(
        ["Drafts/A.cs: AsOf"], Grains.Breaches(new Dictionary<string, string> { ["Drafts/A.cs"] = "using Aggregation.Grains.AsOf;" }));

    private static Dictionary<string, string> Sources(string project)
    {
        var folder = Path.Combine(Root, project);
        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .ToDictionary(path => Path.GetRelativePath(folder, path).Replace('\\', '/'), File.ReadAllText);
        Assert.NotEmpty(sources);
        return sources;
    }

    private static string FindRoot(string folder) => File.Exists(Path.Combine(folder, "Aggregation.sln"))
        ? folder
        : FindRoot(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("These tests read the sources, and found no checkout."));

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*?([^/""]+)\.csproj""")]
    private static partial Regex ProjectReference();
}
