using System.Text;
using System.Text.RegularExpressions;
using Aggregation.Cli.Printing;
using Aggregation.Cli.Reports;
using Aggregation.TestKit.Browsers;
using Aggregation.V1;

namespace Aggregation.Cli.Tests.Reports;

/// <summary>The page in a real browser: laid out on A4, and printed.</summary>
public sealed partial class ReportBrowserTests : IDisposable
{
    /// <summary>Writes down, for each table, how far it sticks out of the page and how many of its cells are too small for their text.</summary>
    private const string Measure = """
        <script>document.documentElement.dataset.measured = JSON.stringify([...document.querySelectorAll('table')].map(table => [
          table.rows.length,
          Math.max(0, Math.round(table.getBoundingClientRect().right - document.body.getBoundingClientRect().right)),
          [...table.querySelectorAll('th,td')].filter(cell => cell.scrollWidth > cell.clientWidth + 1).length]))</script></body>
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aggregation-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [BrowserFact]
    public async Task Html_InABrowser_FitsThePageWithLargeFiguresAndPrintsOnA4()
    {
        var total = FormMessages.Total();
        foreach (var cell in total.Cells)
        {
            cell.Amount = new Amount { Units = 8_888_888 };
        }

        var html = ReportHtml.Write(new AnnualReport(FormMessages.Annual, total, Language.Chinese));
        var page = Path.Combine(_folder.FullName, "report.html");
        await File.WriteAllTextAsync(page, html.Replace("</body>", Measure, StringComparison.Ordinal));
        var pdf = Path.Combine(_folder.FullName, "report.pdf");

        var dom = await Browser.RunAsync(_folder, page, "--dump-dom");
        await Browser.RunAsync(_folder, page, $"--print-to-pdf={pdf}");

        Assert.Equal("[[14,0,0],[28,0,0],[4,0,0]]", Measured().Match(dom).Groups[1].Value);
        var printed = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(pdf));
        Assert.StartsWith("%PDF-", printed, StringComparison.Ordinal);
        Assert.InRange(Pages().Count(printed), 2, 5);
    }

    [GeneratedRegex("data-measured=\"([^\"]*)\"")]
    private static partial Regex Measured();

    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex Pages();
}
