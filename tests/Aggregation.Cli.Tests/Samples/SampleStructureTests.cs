using Aggregation.Domain.Structure;

namespace Aggregation.Cli.Tests.Samples;

public sealed class SampleStructureTests
{
    [Theory]
    [InlineData("south", 193, "340000", "360000", "410000")]
    [InlineData("north", 157, "210000", "370000")]
    public async Task Import_EveryTree_HasNoFaults(string tenant, int units, params string[] provinces)
    {
        var sample = await SampleFolder.ReadAsync(tenant);

        var result = AdministrativeStructure.Empty.Import(AdministrativeStructure.Territory, sample.Units);

        Assert.Empty(result.Faults);
        Assert.Equal(units, result.Added);
        Assert.Equal(provinces, sample.Parents.Where(unit => unit.Value.Length == 0).Select(unit => unit.Key).Order(StringComparer.Ordinal));
        foreach (var (line, csv) in sample.Lines)
        {
            result = result.Structure!.Import(line, csv);
            Assert.Empty(result.Faults);
        }

        Assert.Equal(["education", "territory"], result.Structure!.Trees);
    }

    [Theory]
    [InlineData("south")]
    [InlineData("north")]
    public async Task Units_MadeUpOnes_AreMarked(string tenant)
    {
        var sample = await SampleFolder.ReadAsync(tenant);

        foreach (var line in sample.Units.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var fields = line.Split(',');
            var madeUp = fields[2] != "government" || fields[0].Contains("-T", StringComparison.Ordinal);
            Assert.Equal(madeUp, fields[1].EndsWith("（样例）", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("south")]
    [InlineData("north")]
    public async Task Submissions_Units_AreInTheTree(string tenant)
    {
        var sample = await SampleFolder.ReadAsync(tenant);

        Assert.All(sample.Submissions, item => Assert.True(sample.Parents.ContainsKey(item.Request.Unit), item.Source));
    }
}
