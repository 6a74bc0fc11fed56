using Aggregation.Cli.Files;
using Aggregation.Domain.Figures;
using Aggregation.Domain.Forms;
using Aggregation.Domain.Forms.Checks;
using Aggregation.Domain.Periods;

namespace Aggregation.Cli.Tests.Samples;

/// <summary>The made-up annual reports: no check finds anything, within a year or against the one before.</summary>
public sealed class AnnualSampleTests
{
    private static readonly Form Form = FormCatalog.Load().Get("2021");

    [Fact]
    public async Task AnnualReports_OfTwoYears_AreConsistentAndComplete()
    {
        var before = await ReadAsync(2023);
        var now = await ReadAsync(2024);

        Assert.Equal(4, now.Count);
        Assert.Equal(before.Keys, now.Keys);
        foreach (var (unit, figures) in now)
        {
            var findings = Form.Check(new CheckInput(figures, Period.OfYear(2024)) { SamePeriodLastYear = before[unit] });
            Assert.True(findings.IsEmpty, $"{unit}: {string.Join("; ", findings.Select(finding => finding.MessageEn))}");
            Assert.Empty(Form.Check(new CheckInput(before[unit], Period.OfYear(2023))));
            Assert.Same(figures, Form.Fill(figures, out _));
            Assert.True(figures[Form.IndexOf("3.1:total")] > 0);
        }
    }

    private static async Task<SortedDictionary<string, Figures>> ReadAsync(int year)
    {
        var file = new FileInfo(Path.Combine(SampleFolder.Root.FullName, "south", "annual", $"sample-{year}-2021.csv"));
        var figures = new SortedDictionary<string, Figures>(StringComparer.Ordinal);
        foreach (var item in await SubmissionFiles.ReadAsync([file], TextFiles.OfSamples, CancellationToken.None))
        {
            Assert.True(FigureReader.TryRead(
                Form, [.. item.Request.Cells.Select(cell => new CellFigure(cell.Code, cell.Amount.Units, cell.Amount.Nanos))], out var read, out _));
            figures.Add(item.Request.Unit, read);
        }

        return figures;
    }
}
